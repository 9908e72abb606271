"""Addresses."""

app_name = "hayu"
urlpatterns = []
