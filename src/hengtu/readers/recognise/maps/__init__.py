"""Strategy maps: tables of themes × perspectives, nodes, diagrams; own and parent."""
