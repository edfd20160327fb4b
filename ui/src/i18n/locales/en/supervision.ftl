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
# In the bar: small line above the name of whom the colleague talks with.
supervise-with = Talks with
# News: the colleague's phone or the server has not let this person into the call.
supervise-not-let-in = You could not join the call of { $person }.
# News: the colleague's call is over, or the colleague's phone has ended the listening.
supervise-over = The call of { $person } is over for you.
# News: the right, the role or the account was taken away meanwhile.
supervise-over-forbidden = You may no longer take part in the call of { $person }.
# News: the server could not be heard for a while, and nobody could have stopped the listening.
supervise-over-offline = The connection to the server was lost. You no longer take part in the call of { $person }.
# News: the sound could not be connected.
supervise-over-sound = The sound of the call of { $person } could not be connected.
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
# Name of the list of calls that are joined with the one in front.
conference-with = Joined calls
# Below the name of somebody who is in the conference of three; a duration follows.
conference-hears-all = Joined
