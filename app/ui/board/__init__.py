"""看板: how the tasks of a report stand, as pictures with the list behind every bar."""
