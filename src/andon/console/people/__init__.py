"""Staff's verbs and pages: signing in, people, units, own settings, tokens. Its tables are those of `staff`, which stands below the gate."""
