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
# Group: calls that ring at a colleague's and that this person may take care of.
team-needs-you = Needs you
# Group: people whose presence may not be seen here.
team-others = Other departments
# Presence of somebody in that group.
team-not-shared = Not shared
# Below that.
team-not-shared-note = Presence is off here
# Line above the list: this account sees statuses and no calls.
team-sees-presence = You see your colleagues’ presence only. Your administrator can let you see their calls.
# Line above the list: this account sees statuses and calls.
team-sees-calls = You see the calls of your department. A caller’s number is shown only when the colleague shares calls.
# Line above the list: this account may listen to calls as well.
team-supervises = As a supervisor you can listen, whisper and barge in. A caller’s number is shown only when the colleague shares calls.
# The account may not see presence (title).
team-presence-off = Presence is off for your account
# Below that title.
team-presence-off-note = You do not see who of your department is there. Your administrator can switch it on.
# Below the number of a colleague's call.
team-shares-calls = shares calls
# Below “On a call”, where no number is shown.
team-shares-no-calls = does not share calls
# Only said by a screen reader, before a number: the colleague was called by it.
team-called-by = Called by
# Only said by a screen reader, before a number: the colleague calls it.
team-calls-to = Calling
# Button on a colleague's row: opens what else can be done. $person is a name.
team-more = More for { $person }
# On the green button in the row of a colleague at whom a call rings.
team-pick-up = Pick up
# The same for screen readers.
team-pick-up-from = Pick up the call that rings at { $person }
# In the menu of a colleague who is on a call, or at whom one rings.
team-send = Send this call elsewhere…
# Title of the dialog that follows.
team-send-title = Send { $person }’s call to
# In the search field of that dialog.
team-send-search = Name or extension
# In that dialog, when the call ended meanwhile.
team-send-over = This call is over.
