## Recordings of calls, and listening to them

# At the corner of the call: it is recorded.
recording-on = Recording
# At the corner of the call: the agent has paused the recording.
recording-paused = Recording paused
# At the corner of the call: it is on hold, and so is the recording.
recording-held = Recording waits
# At the corner of the call: the recording could not be kept.
recording-failed = Not recorded
# Button beside it: leaves out what is said, such as a card number.
recording-pause = Pause
# Button beside it: the recording goes on.
recording-go-on = Go on
# Tile in the call: begins a recording.
record = Record
# Tile in the call: ends the recording.
record-stop = Stop rec.
# Choice above the history: recordings.
filter-recordings = Recordings
# Heading: recordings of one agent. $person is a name.
recordings-of-title = Recordings of { $person }
# Nothing was recorded.
recordings-none = No recordings
# Below it.
recordings-none-note = Recorded calls stand here as soon as the team server has them.
# Count of a day.
recordings-count = { $count ->
    [one] { $count } recording
   *[other] { $count } recordings
}
# Whose call it is. $person is a name.
recordings-of = of { $person }
# Whose call it is, when the account is gone: stands after "of".
recordings-of-nobody = a former account
# It was recorded because the agent pressed the button.
recordings-by-button = by the button
# Button, for a screen reader. $person is a name or a number.
recordings-listen = Listen to the call with { $person }
# Button, for a screen reader. $person is a name or a number.
recordings-close = Close the recording of the call with { $person }
# Button, for a screen reader. $person is a name or a number.
recordings-delete = Delete the recording of the call with { $person }
# Question before it is deleted.
recordings-delete-ask = Delete this recording?
# Below it. $person is a name or a number.
recordings-delete-note = The recording of the call with { $person } is gone for everybody. This cannot be undone, and is written down in the audit log.
# Button.
recordings-delete-confirm = Delete
# Button below the list.
recordings-older = Show older
# Older ones could not be read.
recordings-older-failed = Older recordings could not be read
# Above the list: recordings that this computer has not handed over yet.
recordings-waiting = { $count ->
    [one] { $count } recording is on its way to the team server
   *[other] { $count } recordings are on their way to the team server
}
# Below it.
recordings-waiting-note = They are kept encrypted on this computer until the server has them.
# Name of the group of buttons.
player = Player
# Button, for a screen reader.
player-play = Play
# Button, for a screen reader.
player-pause = Pause
# Name of the slider in the picture of the sound.
player-position = Position
# Name of the choice.
player-speed = Speed
# Choice. $factor is a number such as 1.5.
player-speed-of = { $factor }×
# Below the picture of the sound. $person is the agent's name.
player-sides = Above: the other side. Below: { $person }.
# It is fetched.
player-loading = Fetching the recording…
# It cannot be heard: title.
player-gone = This recording is not there any more
# Below it.
player-gone-note = It was deleted, or you may no longer hear it.
# It cannot be heard: title.
player-failed = The recording could not be played
# Below it.
player-failed-note = Check the connection to the team server.
# Heading in the rules of the team.
rules-recording = Recordings
# Choice: what both sides hear.
rules-recording-said = Say that the call is recorded
# Below it.
rules-recording-said-note = Both sides hear it when the recording begins, and a tone when it goes on after a pause. Otherwise tell callers in another way.
# Choice: nothing is heard.
rules-recording-said-none = No
# Choice: a tone is heard.
rules-recording-said-tone = With a short tone
# Choice: it is said in words.
rules-recording-said-words = In English and Arabic
# Choice: it is said in words.
rules-recording-said-wordsEn = In English
# Choice: it is said in words.
rules-recording-said-wordsAr = In Arabic
# Switch.
rules-recording-pause = Agents may pause
# Below the switch.
rules-recording-pause-note = While a caller says a card number or a password.
# Choice.
rules-recording-keep = Keep recordings
# Below it.
rules-recording-keep-note = Older ones are deleted by the server, within an hour.
# Choice: they are never deleted.
rules-recording-for-ever = For ever
# Choice. $number is $count with the digits of the language.
rules-recording-days = { $count ->
    [one] { $number } day
   *[other] { $number } days
}
# Question before a shorter time is set.
rules-recording-shorter = Delete older recordings?
# Below it. $days is the choice, such as "90 days".
rules-recording-shorter-note = Recordings older than { $days } are deleted within an hour. This cannot be undone.
# Button.
rules-recording-shorter-confirm = Delete older ones
