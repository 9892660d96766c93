"""What answers the questions: DuckDB in this process (duck.py), or a Spark elsewhere (spark.py, with translation.py).

`engine.py` chooses between them; nothing else imports them.
"""
