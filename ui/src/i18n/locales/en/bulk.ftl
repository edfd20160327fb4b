## Many users at once: a range of Ids, or a table

# Button: users from a table, and title.
bulk-import = Import CSV
# Button: users with one Id after the other.
bulk-range = Create range
# Button: writes the users that are shown into a file.
bulk-export = Export the users shown
# Told: the file was written. $path is where.
bulk-exported = Saved: { $path }
# Title.
bulk-range-title = Create a range of users
# Title.
bulk-import-title = Import users from CSV
# Field: where the range begins.
bulk-first = First Id
# Field: where the range ends.
bulk-last = Last Id
# Field: how the users of the range are called.
bulk-name-pattern = Name pattern
# What stands in that field at first. $mark is {id}.
bulk-name-pattern-usual = User { $mark }
# Field: how the users of the range sign in.
bulk-email-pattern = E-mail pattern
# Below that field. $mark is {id}.
bulk-pattern-help = { $mark } becomes the Id.
# Choice: the department of the person at this phone.
bulk-own-department = Your own department
# Button: shows what would happen. Nothing is done yet.
bulk-check = Show what will happen
# Button: back to the fields.
bulk-back = Back
# Above the button that chooses a file.
bulk-pick-note = A table with one user in each row: at least the Id, and for new users name and e-mail. CSV, 10 MB and 10,000 rows at most.
# Button: chooses a file.
bulk-pick = Choose a file
# How many rows a file has.
bulk-rows =
    { $count ->
        [one] { NUMBER($count) } row
       *[other] { NUMBER($count) } rows
    }
# Name of a region, for a screen reader.
bulk-sample = The first rows of the file
# Choice above a column. $name is what the file calls it.
bulk-column = What column { $name } holds
# Below the columns.
bulk-columns-note = Whoever has the Id already is changed in these columns only; everybody else is created. Empty cells change nothing.
# Below the columns: none is chosen as the Id.
bulk-need-id = Choose which column holds the Id.
# What a column holds: nothing of use.
bulk-field-ignore = Leave out
# What a column holds: the extension.
bulk-field-id = Number (Id)
# What a column holds.
bulk-field-name = Name
# What a column holds.
bulk-field-email = E-mail
# What a column holds.
bulk-field-role = Role
# What a column holds.
bulk-field-department = Department
# What a column holds.
bulk-field-password = Password
# What a column holds.
bulk-field-pin = Access PIN
# What a column holds: takes calls from queues, yes or no.
bulk-field-agent = Agent
# What a column holds.
bulk-field-callTimeout = Call timeout
# What a column holds.
bulk-field-wrapUp = Wrap-up time
# What a column holds.
bulk-field-maxNoAnswer = Max no answer
# What a column holds.
bulk-field-busyDelay = Busy delay
# What a column holds.
bulk-field-rejectDelay = Reject delay
# What a column holds.
bulk-field-noAnswerDelay = No answer delay
# Name of a list, for a screen reader.
bulk-ids = Ids of the range
# Name of a region, for a screen reader.
bulk-rows-label = Rows and what becomes of them
# Column: the number of the row.
bulk-row = Row
# Column: what becomes of the row.
bulk-result = Result
# In a cell that should not be empty.
bulk-empty-cell = empty
# In the column Result: the user will be created.
bulk-state-new = New
# In the column Result: the user will be changed.
bulk-state-change = Will change
# In the column Result: nothing is done.
bulk-state-skipped = Left out
# In the column Result: it cannot be done.
bulk-state-bad = Error
# In the column Result.
bulk-state-made = Created
# In the column Result.
bulk-state-changed = Changed
# In the column Result: the server has refused it.
bulk-state-failed = Refused
# Name of a list of numbers, for a screen reader.
bulk-counts = How many rows
# Before a number of rows.
bulk-count-new = To create
# Before a number of rows.
bulk-count-change = To change
# Before a number of rows.
bulk-count-made = Created
# Before a number of rows.
bulk-count-changed = Changed
# Before a number of rows.
bulk-count-skipped = Left out
# Before a number of rows.
bulk-count-bad = Errors
# Name of a choice: which rows are shown.
bulk-which = Rows shown
# Choice: every row.
bulk-all = All
# Choice: rows with an error only.
bulk-faults = Errors
# Name of a group of buttons, for a screen reader.
bulk-pages = Pages
# Which rows are shown, of how many.
bulk-page = { NUMBER($from) } to { NUMBER($to) } of { NUMBER($all) }
# Button.
bulk-page-before = Rows before
# Button.
bulk-page-next = Next rows
# Button: creates the users of the range.
bulk-start =
    { $count ->
        [one] Create { NUMBER($count) } user
       *[other] Create { NUMBER($count) } users
    }
# Button: creates and changes the users of a file.
bulk-start-import =
    { $count ->
        [one] Import { NUMBER($count) } user
       *[other] Import { NUMBER($count) } users
    }
# Name of the progress bar.
bulk-running = Users are being created
# Above the progress bar.
bulk-progress = { NUMBER($done) } of { NUMBER($all) }. You can close this window; it goes on.
# Button: no further user.
bulk-stop = Stop
# Above the progress bar, after Stop was pressed.
bulk-stopping = Stopping after the users that are at the server now
# Title: the person has stopped it.
bulk-stopped = Stopped
# Title: the server was lost.
bulk-interrupted = The connection to the server was lost
# Below these titles.
bulk-rest-note = Users who were created stay. Go on with the rest when you like; nobody is created twice.
# Button: carries out the rest.
bulk-go-on = Go on with the rest
# Title: it is done.
bulk-done =
    { $count ->
        [one] { NUMBER($count) } user done
       *[other] { NUMBER($count) } users done
    }
# Below that title.
bulk-done-wrong = Some rows were not carried out. Save them, mend them and import them again.
# Title of a warning.
bulk-passwords = The new passwords are shown only now
# Below that title.
bulk-passwords-note = Copy them one by one, or save all in a file that only you can read. Hand it over safely and delete it.
# Button: writes a file of the new passwords.
bulk-passwords-save = Save all
# Button of a row. $person is a name.
bulk-password-copy = Copy the password of { $person }
# Before the path of a file.
bulk-saved = Saved:
# Button: writes a file of the rows with errors.
bulk-faults-save = Save the errors
# Column in a file of rows with errors.
bulk-reason = Reason
# Question before passwords are lost.
bulk-leave-title = Close without saving the passwords?
# Below that question.
bulk-leave-note = They cannot be shown again. You would have to set new ones.
# Button: closes all the same.
bulk-leave-confirm = Close
# Button: does not close.
bulk-leave-stay = Stay
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-exists = A user has this Id already. It is left out.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-queue = A queue has this Id. Use another one.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-extensionTaken = A user or a queue has this Id. Use another one.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-emailTaken = Somebody signs in with this e-mail. Use another one.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-twice = The Id stands in an earlier row as well.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-nothing = The row changes nothing.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-badId = The Id is missing, or is none: 1 to 32 letters, digits or . - _
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-badName = The name is missing, or longer than 200 characters.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-badEmail = The e-mail is missing, or is none.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-weakPassword = The password is too weak: 8 characters, with a capital and a small letter, a number and a special character.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-badPin = An access PIN has 4 to 12 digits.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-noRole = There is no role of this name.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-roleAbove = This role is above your own.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-noDepartment = You administer no department of this name.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-badAgent = Write yes or no, or a number.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-badNumber = Write a number from 0 to 999; a call rings for 1 second at least.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-tooLong = A cell is too long. Is a quotation mark not closed?
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-notYours = This user is not yours to change.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-gone = The user was deleted meanwhile.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-changed = Somebody else is changing this user. Try again.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-yourself = You cannot do this to your own account.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-lastOwner = This is the last system owner.
# Below a row: why it is not carried out. A name may follow in brackets.
bulk-why-refused = The server did not accept the row.
