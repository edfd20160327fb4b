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
