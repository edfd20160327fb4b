# Field of the sign-in form: address of the team server.
server = Server
# Below the field.
server-help = The address that your administrator gave you
# Sign-in page, foot: followed by the name of the server, which is isolated, and a button with server-change.
server-account = Account server
# Sign-in page, foot: button that shows the field for the server. A verb.
server-change = Change
# Top of the sign-in page, while the server is being asked.
server-asking = Looking for the server
# Top of the sign-in page.
server-reached = Server reached
# Top of the sign-in page.
server-not-reached = Server not reached
# Field.
email = Email
# Field.
password = Password
# Button in the field, for a screen reader.
password-show = Show password
# Button in the field, for a screen reader.
password-hide = Hide password
# Check box.
keep-signed-in = Keep me signed in
# Check box on the sign-in form, off by default.
shared-computer = This is a shared computer
# Below it, when it is on.
shared-computer-note = Nothing is kept here after you log out or quit: no session, e-mail, contacts or history.
# Link-like button on the sign-in page, below the password.
forgot-password = Forgot password?
# Title of the form that it opens.
forgot-title = Forgotten password
# Below the title.
forgot-help = Type your email, and we send you a link for choosing a new password.
# Main button of that form.
forgot-send = Send the link
# The same button while it works.
forgot-sending = Sending the link
# Answer, the same whether or not there is such an account. $email is what was typed.
forgot-sent = If { $email } has an account here, a mail with a link is on its way.
# Below it.
forgot-sent-note = The link works once, and for a short while. Look into the folder for unwanted mail too.
# Answer of a server without mail.
forgot-no-mail = This server sends no mail.
# Below it. $who is what the administrator wrote: a name, an address, a number.
forgot-ask = For a new password, ask { $who }.
# The same when the administrator wrote nothing.
forgot-ask-admin = For a new password, ask your administrator.
# Main button.
sign-in = Sign in
# The same button while it works.
signing-in = Signing in
# Between the form and the other ways in.
or = or
# Another way in.
sip-use = Use a SIP account
# Below it.
sip-use-note = Connect straight to your own exchange
# Another way in.
practice = Try it on this computer
# Below it.
practice-note = Practice calls, no account and no internet
# In its place while the practice server starts.
practice-starting = Starting the practice server
# Title of the SIP form.
sip-account = SIP account
# Field: address of the exchange.
sip-url = Address of the exchange
# Below the field when it is no such address.
sip-url-fault = Begin with { "wss://" } (or { "ws://" } on this computer), then the name of the exchange.
# Field.
sip-domain = Domain
# Field; may stay empty.
sip-auth-user = Authentication name
# Field: the name that others see; may stay empty.
sip-display-name = Your name
# Main button of the SIP form.
sip-connect = Connect
# The same button while it works.
sip-connecting = Connecting
# Above the form, when a kept session is no longer valid.
session-expired = Your session has ended. Sign in again.
# On the sign-in page: why one is out.
session-suspended = Your account is suspended. Ask your administrator.
# Above the form.
session-no-keychain = This computer has no keychain, so you could not be kept signed in. The password is asked at each start.
# Foot of the sign-in page, before the number.
version = Version
