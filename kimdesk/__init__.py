"""KIMdesk without its windows: the words, rules and stores of municipal case management."""
