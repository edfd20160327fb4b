product = Rannan

## The mail with the link.
mail-subject = Your new password for Rannan
# $name is the person's own name.
mail-hello = Hello { $name },
mail-why = somebody asked for a new password for your account. If that was you, open this link and choose one:
mail-button = Choose a new password
# $minutes is always more than ten.
mail-once = The link works once and for { $minutes } minutes. After that, ask for another one on the sign-in page.
mail-not-you = If it was not you, do nothing: your password stays as it is.

## The page that the link opens.
reset-title = Choose a new password
# Above the form; $name is the person's own name.
reset-for = For { $name }
reset-password = New password
reset-again = The same again
reset-save = Save password
reset-rules = A password has
rule-length = at least 8 characters
rule-upper = at least one capital letter (A to Z)
rule-lower = at least one small letter (a to z)
rule-number = at least one number
rule-special = at least one special character, such as ! or #
# After a rule, for those who hear the page.
rule-kept = (kept)
rule-broken = (missing)
reset-weak = This password misses what is marked below.
reset-differs = The two passwords are not the same.
reset-too-long = This password is too long.
reset-done-title = Your password is changed
reset-done = You are signed out everywhere. Go back to Rannan and sign in with the new password.
reset-void-title = This link is no longer valid
reset-void = It was used, is too old, or a newer mail has replaced it. Ask for another one on the sign-in page of Rannan.
reset-wait-title = Too many tries
reset-wait = Wait a few minutes, then open the link again.
reset-busy-title = This did not work
reset-busy = The server is busy. Your password is as it was; go back and try again.
# Link that shows the page in the other language, in that language.
reset-other = العربية
