# Names the bar at the foot while somebody takes part in a colleague's call; $person is a name.
supervise-bar = You take part in the call of { $person }
# First line of that bar, by mode.
supervise-listen = Listening to { $person }
# The same.
supervise-whisper = Whispering to { $person }
# The same.
supervise-barge = In the call of { $person }
# Second line: who hears this person, by mode. Read by screen readers when it changes.
supervise-listen-heard = Nobody hears you
# The same.
supervise-whisper-heard = Only { $person } hears you
# The same.
supervise-barge-heard = Both of them hear you
# Instead of it, before the call is joined.
supervise-joining = Joining…
# Names the three choices of that bar.
supervise-mode = How you take part
# Ends it.
supervise-leave = Leave
# On the agent's own card, where the team shows it; $person is the supervisor.
supervised-listen = { $person } listens
# The same.
supervised-whisper = { $person } listens, and only you hear them
# The same.
supervised-barge = { $person } takes part
# Tile of a call, when another one waits: all three hear each other.
conference = Join calls
# The same, when they do.
conference-on = Joined
