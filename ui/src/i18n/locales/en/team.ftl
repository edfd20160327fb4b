## The team: who is there

# Section: colleagues and what they are doing.
section-team = Team
# Filter: the whole team. A count stands beside it.
team-everyone = Everyone
# Name of the filter, for a screen reader.
team-filter = Show
# Group of those who are neither on a call nor available.
team-away = Away
# Button on a colleague's row, for a screen reader and as a tooltip.
team-call = Call { $person }
# The same button when no call would ring there.
team-takes-no-call = { $person } takes no calls now
# Presence of a colleague while the server cannot be heard.
presence-unknown = Not known
# Notice: title.
team-unknown-title = Who is there is not known now
# Notice: below the title.
team-unknown-note = The server does not tell at the moment. Presence comes back by itself.
# Nobody else has an account: title.
team-empty = You are alone here
# Below that title.
team-empty-note = Colleagues appear as soon as they have an account on this server.
# The chosen filter shows nobody.
team-none-here = Nobody at the moment
