"""« Je conteste ce chiffre »: a form for any value, public answers, the queue of agents."""
