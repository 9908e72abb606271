"""Forms. Their cleaned data have the names the domain uses; labels and help are what people read."""
