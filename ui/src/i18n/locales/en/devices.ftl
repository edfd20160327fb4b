## The screen of devices

# Section of the rail.
section-settings = Settings
# Title of the screen.
devices-title = Devices
# Row of the popover in a call: opens the screen of devices.
devices-settings = Sound settings
# Row: where incoming calls ring.
devices-ringer = Ringer
# Below that row.
devices-ringer-note = Incoming calls ring here, also while the headset lies on the desk.
# Control of that row, for a screen reader.
devices-ringer-choose = Choose where incoming calls ring
# Choice: ring on the speaker of calls.
devices-ringer-speaker = As the speaker
# The control when several are chosen. $count is a number of two or more, already in the digits of the interface.
devices-ringer-several = Devices: { $count }
# Slider, for a screen reader.
devices-ringer-volume = Loudness of ringing
# Result below the ringer: none of the chosen devices is there.
devices-ringer-fallback = The chosen device is not there. Calls ring on the speaker.
# After the name of a device in a list.
devices-absent = (not connected)
# Below a device. $wanted is the device that was chosen, $live the one that is used instead.
devices-fallback = { $wanted } is not connected. { $live } is used until it returns.
# Below a device. $device is its name.
microphone-muted-by-system = { $device } is muted in the system. Turn it on in the system’s sound settings.
# Below a device. $device is its name.
speaker-muted-by-system = { $device } is muted in the system. Turn it on in the system’s sound settings.
# Notice on the screen of devices during a call.
devices-in-call = Devices can be changed during a call, tests have to wait.
# Title of an empty screen: no microphone, no speaker.
devices-none = No sound devices were found
# The way forward.
devices-none-cure = Plug in a headset. If one is plugged in, restart the sound system of this computer.
# The cure below a notice that the system forbids a device.
devices-permission-cure = Allow Rannan in the privacy settings of the system, then test again.
# Button beside a fault whose cure is in the system's own settings (privacy or sound).
system-settings-open = Open system settings
# Heading above noise, echo and gain.
voice-processing = Voice processing
# Row: what is taken out of the microphone's sound.
voice-noise = Noise suppression
# Below that row.
voice-noise-note = Removes fans and streets; strong also removes keyboards and office voices
# Choice.
voice-noise-off = Off
# Choice.
voice-noise-standard = Standard
# Choice.
voice-noise-strong = Strong
# Row: what the loudspeaker plays into the microphone.
voice-echo = Echo cancellation
# Below that row.
voice-echo-note = Automatic steps back on a headset; turn it on with desk speakers that still echo
# Choice.
voice-echo-off = Off
# Choice.
voice-echo-auto = Automatic
# Choice.
voice-echo-on = On
# Row: a switch.
voice-gain = Automatic gain
# Below that row.
voice-gain-note = Keeps your level even when you move
# Row: a call that plays back what one says.
devices-echo = Echo test call
# Below that row.
devices-echo-note = Speak, and hear yourself a second later as callers do
# Below that row, without a connection.
devices-echo-offline = Not possible without a connection to the server
# At the foot, beside Cancel and Save.
devices-not-saved = Not saved yet. Calls use what was saved.
# Button.
save = Save
# Question before leaving the screen: title.
devices-unsaved-title = Leave without saving?
# Question before leaving the screen: body.
devices-unsaved-body = The devices that you chose are not saved.
# Red button of that question.
devices-unsaved-discard = Leave
# Other button of that question.
devices-unsaved-stay = Stay
# Answer to a question.
yes = Yes
# Answer to a question.
no = No

## Tests of devices

# Button beside a device.
test = Test
# The same button after a test.
test-again = Test again
# Button: ends a test.
test-stop = Stop
# Running test of a microphone.
test-opening = Opening the microphone
# Running test of a microphone: it is recorded.
test-speak = Speak now. You will hear yourself in a moment.
# Running test of a microphone: the recording is played.
test-listen = This is how callers hear you
# Running test of a speaker, with Yes and No.
test-hear-left = A sound plays on the left. Do you hear it?
# Running test of a speaker, with Yes and No.
test-hear-right = A sound plays on the right. Do you hear it?
# Running test of a speaker, with Yes and No.
test-hear-both = A sound plays on both sides. Do you hear it?
# Running test of the ringer, with Yes and No.
test-ringing = It is ringing. Do you hear it?
# Result of a test of a microphone, and the cure.
test-microphone-heard = We heard you clearly.
# Result of a test of a microphone, and the cure.
test-microphone-silent = We heard nothing for 5 seconds. Is the mute switch on the headset on?
# Result of a test of a microphone, and the cure.
test-microphone-notHeard = You did not hear yourself. Choose another speaker.
# Result of a test of a microphone, and the cure.
test-microphone-noPermission = The system does not let Rannan use it.
# Result of a test of a microphone, and the cure.
test-microphone-busy = Another program uses it. Close that program, then test again.
# Result of a test of a microphone, and the cure.
test-microphone-gone = It was unplugged. Plug it in again or choose another.
# Result of a test of a microphone, and the cure.
test-microphone-failed = It cannot be opened. Choose another, or plug it in again.
# Result of a test of a microphone, and the cure.
test-microphone-inUse = A call needs the devices. Test again afterwards.
# Result of a test of a speaker, and the cure.
test-speaker-heard = It works.
# Result of a test of a speaker, and the cure.
test-speaker-silent = It stayed silent. Choose another speaker.
# Result of a test of a speaker, and the cure.
test-speaker-notHeard = You did not hear the sound. Choose another speaker or check the volume.
# Result of a test of a speaker, and the cure.
test-speaker-noPermission = The system does not let Rannan use it.
# Result of a test of a speaker, and the cure.
test-speaker-busy = Another program uses it. Close that program, then test again.
# Result of a test of a speaker, and the cure.
test-speaker-gone = It was unplugged. Plug it in again or choose another.
# Result of a test of a speaker, and the cure.
test-speaker-failed = It cannot be opened. Choose another, or plug it in again.
# Result of a test of a speaker, and the cure.
test-speaker-inUse = A call needs the devices. Test again afterwards.

## Another device is used, though nobody chose it

# Short news at the foot. $device is the device that is used now.
device-moved-microphone-gone = The microphone is gone. { $device } is used now.
# Short news at the foot. $device is the device that is used now.
device-moved-microphone-failing = The microphone does not work. { $device } is used now.
# Short news at the foot. $device is the device that is used now.
device-moved-microphone-back = { $device } is back and is used as microphone again.
# Short news at the foot. $device is the device that is used now.
device-moved-microphone-newDefault = { $device } is the system’s microphone now and is used.
# Short news at the foot. $device is the device that is used now.
device-moved-speaker-gone = The speaker is gone. { $device } is used now.
# Short news at the foot. $device is the device that is used now.
device-moved-speaker-failing = The speaker does not work. { $device } is used now.
# Short news at the foot. $device is the device that is used now.
device-moved-speaker-back = { $device } is back and is used as speaker again.
# Short news at the foot. $device is the device that is used now.
device-moved-speaker-newDefault = { $device } is the system’s speaker now and is used.
# Short news at the foot. $device is the device that is used now.
device-moved-ringer-gone = The ringer is gone. Calls ring on { $device }.
# Short news at the foot. $device is the device that is used now.
device-moved-ringer-failing = The ringer does not work. Calls ring on { $device }.
# Short news at the foot. $device is the device that is used now.
device-moved-ringer-back = { $device } is back and rings again.
# Short news at the foot. $device is the device that is used now.
device-moved-ringer-newDefault = Calls ring on { $device } now.
