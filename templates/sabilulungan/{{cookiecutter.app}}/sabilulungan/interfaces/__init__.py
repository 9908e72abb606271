"""Forms, filters and exports: between what people type or download and the domain."""
