# Placeholder of the number field, and its name for a screen reader.
dial-placeholder = Name or number
# Button in the field, for a screen reader.
dial-erase = Delete last digit
# Green button. Also the name of the call's region for a screen reader.
call = Call
# In its place while the phone is not connected.
no-connection = No connection
# Tab of the narrow window.
keypad-dial = Dial pad
# Letters on the key 2.
keypad-letters-2 = ABC
# Letters on the key 3.
keypad-letters-3 = DEF
# Letters on the key 4.
keypad-letters-4 = GHI
# Letters on the key 5.
keypad-letters-5 = JKL
# Letters on the key 6.
keypad-letters-6 = MNO
# Letters on the key 7.
keypad-letters-7 = PQRS
# Letters on the key 8.
keypad-letters-8 = TUV
# Letters on the key 9.
keypad-letters-9 = WXYZ
# The key *, for a screen reader.
keypad-star = Star
# The key #, for a screen reader.
keypad-hash = Hash
# Above the recent calls, when the phone is connected and free.
ready-for-calls = Ready for calls
# Title when the connection is lost and nothing more is known.
offline-title = The connection to the server is lost
# Below it.
offline-note = Calls cannot reach you now.
# Heading above the recent calls, and tab of the narrow window.
recent = Recent
# Name of the filter, for a screen reader.
recent-filter = Which recent calls
# Filter.
filter-all = All
# Filter.
filter-missed = Missed
# Link below the recent calls.
recent-more = More in History
# Empty list.
recent-empty = No calls yet
# Below it. *43 is a number: it stays as it is.
recent-empty-note = Call a colleague’s extension, or { "*43" } to hear yourself.
# Empty list of missed calls.
recent-none-missed = No missed calls
# Below it.
recent-none-missed-note = Calls that you miss are kept here until you have seen them.
# Button on a past call, for a screen reader. $person is a name or a number.
call-back = Call { $person }

## History

# Name of the filter, for a screen reader.
history-filter = Which calls
# Heading of a day.
today = Today
# Heading of a day.
yesterday = Yesterday
# After the heading of a day.
history-calls =
    { $count ->
        [one] { NUMBER($count) } call
       *[other] { NUMBER($count) } calls
    }
# Direction, for a screen reader.
history-incoming = Incoming call
# Direction, for a screen reader.
history-outgoing = Outgoing call
# Direction, for a screen reader.
history-missed-call = Missed call
# Before a duration: how long a missed call rang.
history-rang = rang
# Button on a row.
history-delete = Delete from history
# Short news with an Undo button.
history-deleted = Deleted from the history

## How a past call sounded: a popover on its row

# Button on a row, and name of its popover.
passport = How the call sounded
# Title of the popover.
passport-head-good = The sound was good
# Title of the popover.
passport-head-fair = The sound was fair
# Title of the popover.
passport-head-unsteady = The sound was unsteady
# Title of the popover.
passport-head-bad = The sound was bad
# Title of the popover when no direction was ever judged.
passport-head-unknown = Too little was measured
# Below the title when nothing in particular was wrong.
passport-well-good = Both voices arrived well.
# Below the title when nothing in particular was wrong.
passport-well-fair = Small parts got lost and were filled in.
# Below the title when nothing in particular was wrong.
passport-well-unsteady = Parts of the sound got lost now and then.
# Below the title when nothing in particular was wrong.
passport-well-bad = Much of the sound got lost.
# Below the title when no direction was ever judged.
passport-well-unknown = The call was too short to say how it sounded.
# Below the title: what was wrong longest.
passport-cause-noMicrophone = At times your microphone did not work, so the other side could not hear you.
# Below the title: what was wrong longest.
passport-cause-stalls = At times this computer was too busy to keep up with the sound.
# Below the title: what was wrong longest.
passport-cause-lossIn = At times parts of the other side’s voice got lost on the way to you.
# Below the title: what was wrong longest.
passport-cause-lossOut = At times parts of your voice got lost on the way to the other side.
# Below the title: what was wrong longest.
passport-cause-lossBoth = At times parts of both voices got lost on the way.
# Below the title: what was wrong longest.
passport-cause-jitter = At times the other side’s voice arrived so unevenly that parts came too late.
# Below the title: what was wrong longest.
passport-cause-delay = At times it took long until one side heard the other.
# Below the title: what was wrong longest.
passport-cause-nothing = At times nothing arrived from the other side.
# Below the title: what was wrong longest.
passport-cause-farPlayout = Your voice arrived well, but at times the other side played it unevenly.
# Label of a direction.
passport-heard = You heard
# Label of a direction.
passport-spoken = They heard
# Label of a duration: for how long the sound was measured.
passport-measured = Measured
# Label of a number: the highest jitter of the call.
passport-jitter-most = Jitter, most
# Label of a number: the longest round trip of the call.
passport-rtt-most = Round trip, most
# Label of a number: share of packets that came too late to be played.
passport-late = Too late
# Label of a number: lowest opinion score of what was heard.
passport-mos-in-least = Heard, lowest
# Label of a number: lowest opinion score of what was sent.
passport-mos-out-least = Sent, lowest
# Label of a duration: for how long this was at fault.
passport-trouble-microphone = Bad microphone
# Label of a duration: for how long this was at fault.
passport-trouble-computer = Slow computer
# Label of a duration: for how long this was at fault.
passport-trouble-ownNetwork = Bad network
# Label of a duration: for how long the server, the far end, or what lies between, was at fault.
passport-trouble-farEnd = Bad far end
# Instead of figures.
passport-none = No sound flowed in this call, so there is nothing to tell.
# Button: write all figures to a file.
passport-save = Save as file
# Short news; below it stands where the file is.
passport-saved = The call’s figures are saved

## How a call ended, one word for lists

# In a list.
end-short-localHangUp = Ended
# In a list.
end-short-remoteHangUp = Ended
# In a list.
end-short-cancelled = Cancelled
# In a list.
end-short-missed = Missed
# In a list.
end-short-answeredElsewhere = Answered elsewhere
# In a list.
end-short-declined = Declined
# In a list.
end-short-transferred = Transferred
# In a list.
end-short-busy = Busy
# In a list.
end-short-rejected = Declined
# In a list.
end-short-noAnswer = No answer
# In a list.
end-short-notFound = No such number
# In a list.
end-short-badNumber = Not a number
# In a list.
end-short-forbidden = Not allowed
# In a list.
end-short-notAcceptable = Not compatible
# In a list.
end-short-serverFailure = Server problem
# In a list.
end-short-offline = No connection
# In a list.
end-short-timeout = No answer
# In a list.
end-short-mediaFailed = No sound
# In a list.
end-short-internal = Failed
# Button beside the heading Favourites: leads to the contacts.
favourites-edit = Edit

## Parked calls

# Tile in a call: leaves it at a numbered place, where a colleague can take it.
park = Park
# Notice while a call is on its way there. $slot is the number of the place.
park-running = This call is being parked at { $slot }
# Notice after it. $slot is the number of the place.
park-parked = Parked at { $slot }
# Button in the same notice: this agent takes the call again.
park-take-back = Take it back
# Heading of the list on the phone screen.
park-title = Parked calls
# In the list, instead of a name: whoever parked it does not share with whom they talk.
park-somebody = A parked call
# In the list, below the name. $person is who parked it.
park-by = Parked by { $person }
# In the list: nobody took it, and it rings at whoever parked it, $person.
park-comes-back = Rings at { $person } again
# Button in the list, for screen readers. $slot is the number of the place.
park-pick-up = Pick up the call that is parked at { $slot }
# On the card of a ringing call.
park-came-back = Parked call came back
# In a call, below the name: it was parked before.
park-was-parked = Was parked
