## History: filters, notes, export

# Filter: calls that came in.
filter-incoming = Incoming
# Filter: calls that went out.
filter-outgoing = Outgoing
# Name of the choice of a period, for a screen reader.
history-period = Period
# Choice: all calls.
history-period-ever = Any time
# Choice: since midnight.
history-period-today = Today
# Choice: so many days, today among them. $days is 7 or 30.
history-period-days =
    { $days ->
        [one] Last { NUMBER($days) } day
       *[other] Last { NUMBER($days) } days
    }
# Name of the search field, for a screen reader.
history-search = Search the history
# Button: writes what is shown to a file.
history-export = Export as a table
# Shown when the file is written; its path stands below.
history-exported = The history was saved
# Nothing fits the filters.
history-none-found = No call fits
# Button below it: takes the filters away.
history-show-all = Show all calls
# Before a note, for a screen reader.
history-note = Note:
# Button on a row without a note, and label of its field.
history-note-add = Add a note
# Button on a row with a note, and label of its field.
history-note-edit = Edit the note
