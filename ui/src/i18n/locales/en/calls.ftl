# Title of the card of a ringing call.
incoming-title = Incoming call
# Said once by a screen reader. $person is a name or a number.
incoming-announce = Incoming call, { $person }
# In place of the name's second line when only the number is known.
caller-unknown = Unknown caller
# Green button.
answer = Answer
# Red button.
decline = Decline
# Stops the ringing sound, keeps the call.
silence = Silence
# The same button afterwards.
silenced = Silenced
# Button of that strip.
waiting-hold-and-answer = Hold and answer
# Button of that strip.
waiting-end-and-answer = End and answer
# Small window beside the main one: title of a call that rings during another.
notice-second-call = Second call
# Small window: in place of the caller, where the agent wants nobody to read who calls.
notice-someone = Someone is calling
# Small window: before how long the caller has waited.
notice-waiting = waiting
# Small window: button that brings the main window to the front.
notice-show-window = Open Rannan
# Small window: title above missed calls.
notice-missed-title = Missed calls
# Small window: in place of the caller of a missed call.
notice-missed-someone = A call was missed
# Small window: when a call was missed. $time is like 10:48.
notice-missed-at = Missed at { $time }
# Small window: button. $person is a name or number.
notice-call-back-to = Call back { $person }
# The same button where the caller is not shown.
notice-call-back = Call back
# State of the line.
call-calling = Calling
# State of the line, before a timer.
call-ringing-there = Ringing
# State of the line: something is heard before the answer.
call-early-media = Connecting, listen
# State of the line.
call-answering = Answering
# State of the line.
call-ending = Ending
# Name of the timer for a screen reader, and before a duration.
call-duration = Duration
# On hold by us, before a timer.
call-held = On hold
# The other side has put us on hold.
call-held-by-far-end = The other side has put you on hold
# Notice during a call.
call-server-lost = The connection to the server is lost. Your call goes on.
# Below it.
call-server-lost-note = The phone registers again by itself. New calls cannot reach you until then.
# Notice during a call.
call-sound-lost = The sound was interrupted
# Below it.
call-sound-lost-note = The connection is being mended. Stay on the line.
# Notice during a call.
call-sound-failed = The sound could not be brought back
# Below it.
call-sound-failed-note = End the call and call again.
# Name of the list of calls on hold, for a screen reader.
held-calls = Calls on hold
# Button: talk to this one, hold the other.
swap = Swap
# Red button.
end-call = End
# Small red button, for a screen reader. $person is a name or a number.
end-call-of = End the call with { $person }
# Tile.
mute = Mute
# Notice in a call: the agent speaks into the muted microphone.
muted-speech = You are muted
# Below that notice.
muted-speech-note = You are speaking, but the other side cannot hear you.
# Tile when muted.
unmute = Unmute
# Tile.
hold = Hold
# Tile when on hold.
resume = Resume
# Tile.
keypad = Keypad
# Button that brings the tiles back.
keypad-hide = Hide keypad
# Label of the upper voice in the resonance line.
voice-caller = Caller
# Label of the lower voice in the resonance line.
voice-you = You
# Button after an ended call.
call-again = Call again

## Devices

# Name of the popover, for a screen reader.
devices = Microphone and speaker
# Button below the call, for a screen reader.
devices-open = Choose microphone and speaker
# Choice: whatever the system uses.
devices-default = System default
# Heading.
devices-microphone = Microphone
# Heading.
devices-speaker = Speaker
# The meter, for a screen reader.
microphone-live = Microphone is on
# The meter, for a screen reader.
microphone-muted = Microphone is muted
# The meter, for a screen reader.
microphone-silent = Microphone does not work
# Slider, for a screen reader.
volume = Volume
# Slider, for a screen reader. $device is the speaker's name.
volume-of = Volume of { $device }
# Notice.
microphone-missing = No microphone was found
# The cure.
microphone-missing-cure = Plug one in or choose another.
# Notice.
microphone-busy = Another program uses the microphone
# The cure.
microphone-busy-cure = Close it, then try again.
# Notice.
microphone-noPermission = The system does not let Rannan use the microphone
# The cure.
microphone-noPermission-cure = Allow it in the privacy settings of the system, then try again.
# Notice.
microphone-lost = The microphone stopped
# The cure.
microphone-lost-cure = Plug it in again or choose another.
# Notice.
microphone-failed = The microphone cannot be opened
# The cure.
microphone-failed-cure = Choose another, or try again.
# Notice.
speaker-missing = No speaker was found
# The cure.
speaker-missing-cure = Plug one in or choose another.
# Notice.
speaker-busy = Another program uses the speaker
# The cure.
speaker-busy-cure = Close it, then try again.
# Notice.
speaker-noPermission = The system does not let Rannan use the speaker
# The cure.
speaker-noPermission-cure = Allow it in the privacy settings of the system, then try again.
# Notice.
speaker-lost = The speaker stopped
# The cure.
speaker-lost-cure = Plug it in again or choose another.
# Notice.
speaker-failed = The speaker cannot be opened
# The cure.
speaker-failed-cure = Choose another, or try again.
# Second sentence of a notice about the microphone, during a call only.
microphone-not-heard = The call goes on, but you are not heard.
# Second sentence of a notice about the speaker, during a call only.
speaker-not-heard = The call goes on, but you hear nothing.

## How a call ended, a sentence

# On the card after the call.
end-long-localHangUp = Call ended
# On the card after the call.
end-long-remoteHangUp = The other side ended the call
# On the card after the call.
end-long-cancelled = Call cancelled
# On the card after the call.
end-long-missed = Missed call
# On the card after the call.
end-long-answeredElsewhere = Answered on another device
# On the card after the call.
end-long-declined = Declined
# On the card after the call.
end-long-transferred = The call was transferred
# On the card after the call.
end-long-busy = The line is busy
# On the card after the call.
end-long-rejected = The call was declined
# On the card after the call.
end-long-noAnswer = Nobody answered
# On the card after the call.
end-long-notFound = Nobody has this number. Check it and call again.
# On the card after the call.
end-long-badNumber = This cannot be called. Type an extension, a number or an address.
# On the card after the call.
end-long-forbidden = You may not call this number. Ask your administrator.
# On the card after the call.
end-long-notAcceptable = The other phone speaks no common language with this one
# On the card after the call.
end-long-serverFailure = The server could not connect the call. Try again in a moment.
# On the card after the call.
end-long-offline = There is no connection to the server
# On the card after the call.
end-long-timeout = The server did not answer in time
# On the card after the call.
end-long-mediaFailed = The sound could not be connected. Check the network, then call again.
# On the card after the call.
end-long-internal = The call failed inside the phone

## Quality of a call

# Name of the popover, and before the word on its button, for a screen reader.
quality = Call quality
# One word beside the bars.
quality-good = Good
# One word beside the bars.
quality-fair = Fair
# One word beside the bars.
quality-unsteady = Unsteady
# One word beside the bars.
quality-bad = Bad
# Title of the popover.
quality-head-good = The sound is good
# Title of the popover.
quality-head-fair = The sound is fair
# Title of the popover.
quality-head-unsteady = The sound is unsteady
# Title of the popover.
quality-head-bad = The sound is bad
# Below the title when nothing in particular is wrong.
quality-well-good = Both voices arrive well.
# Below the title when nothing in particular is wrong.
quality-well-fair = Small parts get lost and are filled in.
# Below the title when nothing in particular is wrong.
quality-well-unsteady = Parts of the sound get lost now and then.
# Below the title when nothing in particular is wrong.
quality-well-bad = Much of the sound gets lost.
# Below the title: what is wrong.
quality-cause-noMicrophone = Your microphone does not work, so the other side cannot hear you.
# Below the title: what is wrong.
quality-cause-stalls = This computer is too busy to keep up with the sound.
# Below the title: what is wrong.
quality-cause-lossIn = Parts of the caller’s voice get lost on the way to you. Your voice arrives well.
# Below the title: what is wrong.
quality-cause-lossOut = Parts of your voice get lost on the way to the caller. You hear the caller well.
# Below the title: what is wrong.
quality-cause-lossBoth = Parts of both voices get lost on the way.
# Below the title: what is wrong.
quality-cause-jitter = The caller’s voice arrives so unevenly that parts come too late.
# Below the title: what is wrong.
quality-cause-delay = It takes long until one side hears the other.
# Below the title: what is wrong.
quality-cause-nothing = Nothing arrives from the other side at the moment.
# Below the title: what is wrong.
quality-cause-farPlayout = Your voice arrives well, but the other side plays it unevenly.
# Before the cure.
quality-try = Try:
# What to try.
quality-cure-microphone = choose another microphone below, or plug it in again.
# What to try.
quality-cure-computer = close programs that you do not need, and plug in the charger.
# What to try.
quality-cure-ownNetwork = move closer to the Wi-Fi access point, or plug in a network cable.
# What to try; it is not the agent's to mend.
quality-cure-farEnd = ask the other side to move or to call again. Your own connection is fine.
# Label of a direction.
quality-heard = You hear
# Label of a direction.
quality-spoken = They hear
# How a direction sounds.
quality-way-good = clear
# How a direction sounds.
quality-way-fair = fair
# How a direction sounds.
quality-way-unsteady = choppy
# How a direction sounds.
quality-way-bad = hard to follow
# Nothing is known of this direction yet.
quality-unknown = not known
# Label of a number: share of packets lost on the way to us.
quality-lost-in = Lost to you
# Label of a number: share of packets lost on the way from us.
quality-lost-out = Lost from you
# Label of a number: how unevenly packets arrive.
quality-jitter = Jitter
# Label of a number: there and back again.
quality-rtt = Round trip
# Label of a number: from mouth to ear.
quality-delay = Delay
# Label of a number: sound kept back to even out jitter.
quality-buffer = Buffer
# Label of a number: share of the sound that was invented.
quality-concealed = Filled in
# Label of a number: share of the sound that was restored.
quality-repaired = Repaired
# Label of a number: opinion score of what is heard, 1 to 4.5.
quality-mos-in = Score, heard
# Label of a number: opinion score of what the other side hears.
quality-mos-out = Score, sent
# Label of a name.
quality-codec = Codec
# $percent is 0 to 100.
quality-share = { NUMBER($percent, maximumFractionDigits: 1) } %
# $ms is milliseconds.
quality-ms = { NUMBER($ms, maximumFractionDigits: 0) } ms
# $score is 1 to 4.5.
quality-score = { NUMBER($score, minimumFractionDigits: 1, maximumFractionDigits: 1) }
