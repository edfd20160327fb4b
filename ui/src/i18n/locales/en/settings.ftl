## Settings

# Page: microphone, speaker, ringing.
settings-devices = Devices
# Page: how calls reach this computer.
settings-calls = Calls
# Switch.
keep-running = Keep running when the window is closed
# Below that switch. The notification area is where the clock of the system is.
keep-running-note = Calls still reach you; Rannan stays in the notification area. Where there is none, closing ends Rannan.
# Switch.
start-at-login = Start when you log in to this computer
# Below that switch.
start-at-login-note = The window waits minimised, and calls reach you at once.
# Question when the window is closed for the first time: title.
keep-running-title = Rannan keeps running
# Below that title.
keep-running-body = Calls still reach you. Open or quit Rannan from its icon in the notification area. You can change this in Settings, Calls.
# Button below that.
keep-running-confirm = Close the window
# Page: how calls are told.
settings-notifications = Notifications
# Below its title.
settings-notifications-note = A small window shows a call on top of other programs. It never takes the keyboard from what you type.
# Choice of when that window comes.
notice-when = Show the small window
# Choice.
notice-when-unfocused = While I use another program
# Below that choice.
notice-when-unfocused-note = In Rannan itself, the call is shown in its own window
# Choice.
notice-when-always = With each call
# Choice.
notice-when-never = Never
# Below that choice.
notice-when-never-note = The taskbar entry still flashes and the phone still rings
# Switch.
notice-caller = Show who is calling
# Below that switch.
notice-caller-note = Off: it only says that somebody calls, for screens that others see
# Switch.
notice-missed = Tell of missed calls
# Below that switch.
notice-missed-note = With a button to call back
# Where the ringing is set.
notice-ringing = Ringing
# Below it.
notice-ringing-note = Volume and device are set with the other devices
# Button that leads there.
notice-ringing-open = Open devices
# Page.
settings-language = Language and digits
# Below its title.
settings-language-note = A change takes effect at once, also during a call.
# Before a phone number and a duration, written with the chosen digits.
settings-digits-note = Numbers will look like this:
# Below the choice “As the system” of the appearance.
settings-theme-system-note = Light by day and dark by night, where the system does so
# Page: what the keys do.
settings-shortcuts = Shortcuts
# Below its title.
settings-shortcuts-note = The keys go by their place on the keyboard, whichever layout is active.
# Group of keys.
settings-keys-anywhere = Anywhere
# Group of keys.
settings-keys-call = Calls
# What a key does.
settings-key-search = Search or dial
# What a key does: Phone, Contacts, Team and so on.
settings-key-sections = Go to a section
# What a key does.
settings-key-settings = Open the settings
# What a key does.
settings-key-status = Change your status
# What a key does: from the top bar to the rail to the sheet.
settings-key-region = Go to the next part of the window
# What a key does, while the card of an incoming call has the focus.
settings-key-answer = Answer, on the card of a call
# The same for declining.
settings-key-decline = Decline, on the card of a call
# What a key does.
settings-key-mute = Mute or unmute
# What a key does.
settings-key-hold = Hold or resume
# Transfer a call to somebody else.
settings-key-transfer = Transfer
# What a key does.
settings-key-end = End the call
# What the digit keys do.
settings-key-tones = Dial, or send tones in a call
# Page: what this program is.
settings-about = About
# Before a version number.
settings-version = Version
# Before the address of the server.
settings-server = Server
# Before the name of the profile that the program was started with.
settings-profile = Profile
# About the program.
settings-privacy = Rannan talks to your server and to nobody else. Nothing about you or your calls is collected.
# About the program. The names are not translated.
settings-licences = Typeface: IBM Plex Sans and IBM Plex Sans Arabic, © IBM Corp., SIL Open Font License 1.1. Icons: Phosphor, © Phosphor Icons, MIT.
