# Name of the product.
product = Rannan
# Button that closes a message or a card. Name for a screen reader.
close = Close
# Button that leaves a question without doing anything.
cancel = Cancel
# Button that goes back to the form before.
back = Back
# Button that takes back what was just done.
undo = Undo
# Button below a failure.
try-again = Try again
# Button beside a countdown: connect at once.
retry-now = Try now
# For a screen reader, while a list is loading.
loading = Loading
# Label before an extension, and field of the SIP form.
extension = Extension

## Sections

# Name of the navigation, for a screen reader.
sections = Sections
# Section: dial pad and calls.
section-phone = Phone
# Section: past calls.
section-history = History
# Section History with its count, for a screen reader.
section-history-missed =
    { $count ->
        [one] History, { NUMBER($count) } missed call
       *[other] History, { NUMBER($count) } missed calls
    }
# Name of the history, for a screen reader, when messages wait in the voice box. $history is "History" or "History, 2 missed calls".
section-history-messages =
    { $count ->
        [one] { $history }, { NUMBER($count) } new message
       *[other] { $history }, { NUMBER($count) } new messages
    }
# Field in the top bar. Also its name for a screen reader.
search-or-dial = Search or dial

## The person at this phone

# The phone is connected and free.
presence-available = Available
# A call is running.
presence-on-call = On a call
# A call rings here.
presence-ringing = Ringing
# The phone is not connected.
presence-offline = Offline
# Button with the profile picture. $presence is one of the words above.
profile-open = Your status: { $presence }. Open the menu
# Name of the menu behind the profile picture, for a screen reader.
profile-menu = Your account
# In that menu, for a practice account.
profile-practice = A practice account on this computer
# Foot of the sign-in page, before the name given with --profile.
profile-name = Profile

## Language and look

# Button and menu.
language-menu = Language
# Heading above the choice of digits.
language-digits = Digits
# Heading above the choice of light or dark.
theme = Appearance
# Choice: as the system.
theme-system = As the system
# Choice.
theme-light = Light
# Choice.
theme-dark = Dark

## System status

# Title of the popover.
system-title = System status
# Button. $state is the word on it.
system-open = System status: { $state }
# Everything works.
system-ready = Ready
# Part: SIP registration.
system-web-phone = Web phone
# Part: the stream of events from the team server.
system-live-panel = Live panel
# Part: connection to the server.
system-internet = Internet
# Part: microphone and speaker.
system-sound = Sound
# For a screen reader, after each part.
system-level-ok = Works
# For a screen reader, after each part.
system-level-off = Not in use
# For a screen reader, after each part.
system-level-warn = Works with trouble
# For a screen reader, after each part.
system-level-bad = Does not work
# The web phone works. $extension is the extension that is registered.
system-ok-web-phone = Registered as { $extension }, calls are encrypted
# The live panel works.
system-ok-live-panel = Connected
# The internet works. $ms is the round trip in milliseconds.
system-ok-internet = The server answers in { NUMBER($ms) } ms
# Sound works.
system-ok-sound = Microphone and speaker are ready
# A part that this account does not have.
system-off = Not used by this account
# Sound is looked at when a call begins.
system-off-sound = Opens when a call begins
# Countdown to the next attempt.
system-retry-in =
    { $seconds ->
        [one] Trying again in { NUMBER($seconds) } second.
       *[other] Trying again in { NUMBER($seconds) } seconds.
    }
# Short word on the button of the top bar.
system-short-connecting = Connecting
# Short word on the button of the top bar.
system-short-unreachable = No connection
# Short word on the button of the top bar.
system-short-badCertificate = Certificate problem
# Short word on the button of the top bar.
system-short-wrongCredentials = Sign-in refused
# Short word on the button of the top bar: the account may be used in certain networks only.
system-short-notFromHere = Not from this network
# Short word on the button of the top bar.
system-short-refused = Refused by the server
# Short word on the button of the top bar.
system-short-noAnswer = No answer
# Short word on the button of the top bar.
system-short-serverError = Server problem
# Short word on the button of the top bar.
system-short-slow = Slow internet
# Short word on the button of the top bar.
system-short-microphoneMissing = No microphone
# Short word on the button of the top bar.
system-short-microphoneBusy = Microphone in use
# Short word on the button of the top bar.
system-short-microphoneRefused = Microphone refused
# Short word on the button of the top bar.
system-short-microphoneLost = Microphone lost
# Short word on the button of the top bar.
system-short-speakerMissing = No speaker
# Short word on the button of the top bar.
system-short-speakerBusy = Speaker in use
# Short word on the button of the top bar.
system-short-speakerLost = Speaker lost
# Short word on the button of the top bar.
system-short-microphoneMuted = Microphone muted
# Short word on the button of the top bar.
system-short-speakerMuted = Speaker muted
# Short word on the button of the top bar.
system-short-microphoneReplaced = Other microphone
# Short word on the button of the top bar.
system-short-speakerReplaced = Other speaker
# Short word on the button of the top bar.
system-short-microphoneSilent = Microphone silent
# Short word on the button of the top bar.
system-short-speakerNotHeard = Speaker not heard
# Short word on the button of the top bar.
system-short-soundFailed = Sound problem
# Top bar, red: the connection is lost and is tried again by itself. One or two words.
system-reconnecting = Reconnecting
# What is wrong and what to do.
system-why-connecting = Connecting to the server
# What is wrong and what to do.
system-why-unreachable = The server cannot be reached. Check the network of this computer.
# What is wrong and what to do.
system-why-badCertificate = The server’s certificate is not trusted. Ask your administrator before you go on.
# What is wrong and what to do.
system-why-wrongCredentials = The server refused the name or the password. Sign out and sign in again.
# What is wrong and what to do: the account may be used in certain networks only.
system-why-notFromHere = Your administrator allows this account to be used in certain networks only, and this is none of them. Connect to your company’s network, or ask your administrator.
# What is wrong and what to do.
system-why-refused = The server does not let this account in. Ask your administrator.
# What is wrong and what to do.
system-why-noAnswer = The server is there but does not answer.
# What is wrong and what to do.
system-why-serverError = The server reports a failure of its own.
# What is wrong and what to do.
system-why-slow = The server answers slowly. Voices may arrive late.
# What is wrong and what to do.
system-why-microphoneMissing = No microphone was found. Plug one in or choose another.
# What is wrong and what to do.
system-why-microphoneBusy = Another program uses the microphone. Close it and try again.
# What is wrong and what to do.
system-why-microphoneRefused = The system does not let Rannan use the microphone. Allow it in the privacy settings.
# What is wrong and what to do.
system-why-microphoneLost = The microphone stopped. Plug it in again or choose another.
# What is wrong and what to do.
system-why-speakerMissing = No speaker was found. Plug one in or choose another.
# What is wrong and what to do.
system-why-speakerBusy = Another program uses the speaker. Close it and try again.
# What is wrong and what to do.
system-why-speakerLost = The speaker stopped. Plug it in again or choose another.
# What is wrong and what to do.
system-why-microphoneMuted = The microphone is muted in the system. Turn it on in the system’s sound settings.
# What is wrong and what to do.
system-why-speakerMuted = The speaker is muted in the system. Turn it on in the system’s sound settings.
# What is wrong and what to do.
system-why-microphoneReplaced = The chosen microphone is not connected. Another one is used until it returns.
# What is wrong and what to do.
system-why-speakerReplaced = The chosen speaker is not connected. Another one is used until it returns.
# What is wrong and what to do.
system-why-microphoneSilent = The last test of the microphone heard nothing. Check its mute switch and test again.
# What is wrong and what to do.
system-why-speakerNotHeard = You did not hear the last test of the speaker. Check the volume and test again.
# What is wrong and what to do.
system-why-soundFailed = The sound system of this computer does not answer.

## Leaving

# Menu item and button.
session-logout = Logout
# Title of the question before logging out during a call.
session-logout-ask-title = Log out during a call?
# Below the title; also when the window is closed during a call.
session-logout-ask-body = The call will end, and calls will no longer reach you here.
# Title of the question when the window is closed during a call.
window-close-ask-title = Close Rannan during a call?
# Button that closes the window.
window-close-ask-confirm = Close
