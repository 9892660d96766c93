"""The same questions asked of a Spark: long, and for whoever has Java 17."""
