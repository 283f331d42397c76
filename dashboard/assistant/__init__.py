"""The assistant of an import: a file as it is understood, on its real rows, and the choices that change that."""
