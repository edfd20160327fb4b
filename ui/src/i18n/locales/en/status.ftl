# A status: no calls from queues for a while.
presence-break = Break
# A status: no calls at all.
presence-do-not-disturb = Don’t Disturb
# A status.
presence-meeting = Meeting
# Below the profile picture, while the server has not confirmed a new status. One short word.
presence-changing = Changing…
# Beside the person's name. $status is a status, $time a duration like 1:24:08.
status-since = { $status } for { $time }
# Name of the list of statuses, for a screen reader.
status-choices = Your status
# Status in one's own words: opens a field.
status-other = Other…
# Below the status Available.
status-note-available = Ready to receive calls
# Below the status Break.
status-note-break = No queue calls; internal calls still ring
# Below the status Don’t Disturb.
status-note-do-not-disturb = No calls at all, internal or external
# Below the status Meeting.
status-note-meeting = Your team sees that you are in a meeting
# Below a status that the server has not confirmed yet.
status-asked = Waiting for the server
# Label of the field for one's own words.
status-words = In your own words
# Button beside that field.
status-set = Set
# Error at that field: nothing is in it.
status-words-empty = Write what your status is.
# Error at that field. $most is 40.
status-words-long =
    { $most ->
        [one] At most { NUMBER($most) } character fits.
       *[other] At most { NUMBER($most) } characters fit.
    }
# How full that field is, for a screen reader.
status-words-length = { NUMBER($length) } of { NUMBER($most) } characters
# Name of the buttons with one's last own words, for a screen reader.
status-recent = Used recently
# Switch.
status-offline-sign-in = Mark offline automatically
# Below that switch.
status-offline-sign-in-note = Your extension starts offline when you log in
# Banner: title.
status-offline-title = Your extension is offline
# Banner: below the title.
status-offline-note = Nothing rings here until you go online.
# Button of the banner.
status-go-online = Go online
