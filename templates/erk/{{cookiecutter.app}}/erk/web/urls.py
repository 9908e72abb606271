"""Addresses of E-RK."""

urlpatterns: list = []
