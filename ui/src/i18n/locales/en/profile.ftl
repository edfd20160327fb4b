## The agent’s profile (screen 06)

# Row of the menu behind the profile picture: opens the page below.
profile-settings = Profile Settings
# Name of the page, in the list of settings.
profile-page = Profile
# Button beside the person’s name, for a screen reader and as tooltip.
profile-name-edit = Edit name
# Name of the form with the two fields below, for a screen reader.
profile-name-form = Your name
# Label of a field.
profile-first-name = First name
# Label of a field.
profile-last-name = Last name
# Button; also the name of the picture itself, which does the same.
photo-upload = Upload photo
# Button: takes the picture away. Asks first.
photo-remove = Remove
# Below the two buttons. MB is short for megabytes.
photo-note = JPG or PNG, up to 5 MB, best at 200×200 pixels or more
# While a picture is dragged over the page.
photo-drop = Drop the picture here
# While the file is opened. $name is the name of the file.
photo-opening = Opening { $name }…
# Title of the question before the picture is taken away.
photo-remove-title = Remove your photo?
# In that question.
photo-remove-body = Your team will see your initials instead.
# Button of that question: the picture is taken away.
photo-remove-confirm = Remove photo
# Heading of a list of facts.
profile-account = Account
# In that list, beside the email.
profile-email-note = set by your administrator
# Button beside the email, for a screen reader and as tooltip.
profile-email-copy = Copy email
# Said after that button was pressed.
profile-email-copied = Copied
# In that list.
profile-status = Account status
# The account may be used.
profile-active = Active
# The account may not be used.
profile-suspended = Suspended
# In that list: what the company’s installation gives this person.
profile-service = Service
# A service: calls, no queues.
profile-service-voice = Voice calls
# A service.
profile-service-contactCentre = Contact centre: voice and queues
# A service that this version of the program does not know.
profile-service-unknown = Other
# In that list.
profile-role = Role
# A role: takes and makes calls.
profile-role-user = User
# A role: also takes calls for others.
profile-role-receptionist = Receptionist
# A role: administers the users of a department.
profile-role-departmentAdministrator = Department administrator
# A role: watches over departments.
profile-role-manager = Manager
# A role: watches over a department and administers it.
profile-role-owner = Department owner
# A role: administers everybody.
profile-role-systemAdministrator = System administrator
# A role: may do everything.
profile-role-systemOwner = System owner
# In that list, of an account at a telephone exchange of another make.
profile-server = Server
# Below that list, for an account at a telephone exchange of another make.
profile-sip-note = This is a SIP account. Its name and password are set where it was made.

## Cropping the photograph (screen 06b)

# Title of the dialog.
crop-title = Adjust your photo
# Beside it: the size of the file. $size is a number with one digit after the point.
crop-size = { $size } MB
# The same for a small file. $size is a whole number.
crop-size-small = { $size } KB
# Name of the picture that is moved by pointer or arrow keys, for a screen reader.
crop-view = Photo. Arrow keys move it, plus and minus zoom, R rotates
# Slider.
crop-zoom = Zoom
# Button.
crop-zoom-out = Zoom out
# Button.
crop-zoom-in = Zoom in
# Beside the slider. $percent is a whole number, 100 to 400.
crop-percent = { $percent }%
# Button.
crop-rotate-left = Rotate left
# Button.
crop-rotate-right = Rotate right
# Help at the foot of the dialog.
crop-help = Drag, or arrow keys to move
# Help after the keys + and −.
crop-help-zoom = zoom
# Help after the key R.
crop-help-rotate = rotate
# Warning. $width and $height are what the photograph has, $least is what it should have.
crop-small = This photo has { NUMBER($width) }×{ NUMBER($height) } pixels and will look coarse. { NUMBER($least) }×{ NUMBER($least) } or more is better.
# Main button.
crop-save = Save photo

## A file that does not become a picture. $name is its name, $size its size like “1.8 MB”.

# The file is empty.
photo-fault-empty = { $name } is empty. Choose another picture.
# The file is too large.
photo-fault-tooManyBytes = { $name } has { $size }. A picture may have up to 5 MB.
# $format is what it is, like GIF or HEIC.
photo-fault-foreign = { $name } is a { $format } file ({ $size }). Choose a JPG or PNG picture.
# Not a picture at all.
photo-fault-unknown = { $name } ({ $size }) is no picture. Choose a JPG or PNG picture.
# More pixels than any camera makes.
photo-fault-tooManyPixels = { $name } has too many pixels. Choose a picture with up to 48 megapixels.
# It would take too long to open.
photo-fault-tooComplex = { $name } would take too long to open. Save it again as a plain JPG or PNG.
# A rare kind of JPEG.
photo-fault-unsupported = { $name } is a rare kind of JPG. Save it again as a plain JPG or PNG.
# The file ends too early: a download that broke off.
photo-fault-truncated = { $name } is cut off. Copy or download it again.
# The file contradicts itself.
photo-fault-damaged = { $name } is damaged. Choose another picture.

## The password (screen 06c)

# Row of the page, and title of the dialog.
password-change = Change your password
# Below that row. $day is a day like “Thursday, 3 September”.
password-changed-on = Last changed on { $day }
# Below that row.
password-never-changed = Not changed since your account was made
# Button of that row. It opens a dialog.
password-change-open = Change…
# Label of a field.
password-current = Current password
# Label of a field.
password-new = New password
# Label of a field.
password-confirm = Confirm new password
# Heading of the list below, which is ticked while one types.
password-needs = It needs
# A rule of passwords.
password-rule-length = at least 8 characters
# A rule of passwords.
password-rule-upper = an uppercase letter
# A rule of passwords.
password-rule-lower = a lowercase letter
# A rule of passwords.
password-rule-number = a number
# A rule of passwords.
password-rule-special = a special character, like ! or #
# A rule: both fields hold the same.
password-rule-same = the same twice
# A rule as a screen reader says it, when it is kept. $rule is one of the above.
password-rule-kept = { $rule }: done
# A rule as a screen reader says it, when it is not kept. $rule is one of the above.
password-rule-missing = { $rule }: missing
# Error at the third field.
password-mismatch = The two new passwords are not the same.
# Error at the first field.
password-wrong = This is not your current password.
# Error at the first field. $count tries are left before one has to wait.
password-wrong-tries =
    { $count ->
        [0] This is not your current password. That was the last try for now.
        [one] This is not your current password. { NUMBER($count) } try left.
       *[other] This is not your current password. { NUMBER($count) } tries left.
    }
# On the page, after it was done.
password-changed = Your password is changed. You were signed out everywhere else.
