## The list

# Section: the agent's own address book.
section-contacts = Contacts
# Field above the list, and its name for a screen reader.
contacts-search = Search contacts
# Button that empties that field.
contacts-search-clear = Clear the search
# Name of the choice between all and favourites, for a screen reader.
contacts-filter = Which contacts
# Choice: favourites only.
contacts-favourites = Favourites
# Foot of the list: all contacts of the book, or all favourites.
contacts-count =
    { $count ->
        [0] No contacts
        [one] { NUMBER($count) } contact
       *[other] { NUMBER($count) } contacts
    }
# Foot of the list during a search.
contacts-found =
    { $count ->
        [0] None found
        [one] { NUMBER($count) } found
       *[other] { NUMBER($count) } found
    }
# The same, when more fit than are shown.
contacts-found-more = More than { NUMBER($count) } found. Type more of the name.
# Nobody is in the book.
contacts-empty = No contacts yet
# Below it.
contacts-empty-note = Add the first one, or bring a vCard or CSV file from another program.
# A search without result.
contacts-none-found = Nobody found
# Below it.
contacts-none-found-note = Names are found in Latin and in Arabic letters, numbers by any part of them.
# The list of favourites is empty.
contacts-no-favourites = No favourites yet
# Below it.
contacts-no-favourites-note = Press the star beside a contact to find it here.
# Beside the list, when no line is chosen.
contact-choose = Nobody chosen
# Below it.
contact-choose-note = Choose a contact in the list. Enter calls.
# Star on a line, for a screen reader.
contact-is-favourite = Favourite

# Choice: the agent's own contacts, not the company's.
contacts-mine = Mine
# Choice: the contacts that everybody in the company sees.
contacts-of-company = Company
# The company's contacts are an empty list.
contacts-no-company = No company contacts yet
# Below it.
contacts-no-company-note = What administrators add here is seen by the whole team.
# The list of contacts that wait for a decision is empty.
contacts-none-open = Nothing left to decide
# Below it.
contacts-none-open-note = All contacts are as they are on the server.
# Warning sign on a line, for a screen reader.
contact-is-open = Waits for your decision

## Contacts at the team server

# Foot of the list: when the contacts were fetched from the server last. $time is an hour and minute, with a day if it was not today.
contacts-sync-done = Synchronised { $time }
# Foot of the list, while many are fetched or sent.
contacts-sync-working = Synchronising { NUMBER($done) } of { NUMBER($total) }
# Foot of the list: changes made on this computer.
contacts-sync-waiting =
    { $count ->
        [one] { NUMBER($count) } change waits to be sent
       *[other] { NUMBER($count) } changes wait to be sent
    }
# Foot of the list, without a connection.
contacts-sync-offline = Not connected
# A moment that was not today.
contacts-day-time = { $day }, { $time }
# Above the list, without a connection. $time is an hour and minute, with a day if it was not today.
contacts-offline = Offline. This is the copy from { $time }.
# Below it.
contacts-offline-note = Your changes are sent when the connection is back.
# The same, when nothing was ever fetched.
contacts-offline-never = Offline. Nothing was fetched from the server yet.
# Above the list: changed in two places, or not taken by the server.
contacts-open =
    { $count ->
        [one] { NUMBER($count) } contact waits for your decision
       *[other] { NUMBER($count) } contacts wait for your decision
    }
# Button beside it: shows only those.
contacts-open-show = Show
# The same button, while only those are shown.
contacts-open-all = Show all
# Name of the choice between one's own and the company's book in the form, for a screen reader.
contact-book = Save in
# Tag on a contact of the company.
contact-company-book = Company contact
# The same, when the agent may not change it.
contact-company-book-locked = Company contact, changed by administrators only
# Tag on a contact that was changed here and not yet sent.
contact-standing-waiting = Waits to be sent
# Notice on a contact.
contact-standing-conflict = This contact was changed in two places.
# Notice on a contact.
contact-standing-refused = The server did not take your change.
# Button: opens both versions.
versions-compare = Compare
# Button: opens what can be done about it.
versions-look = Look at it
# Title of the dialog with two versions of a contact.
versions-title = Two versions of { $name }
# In the dialog.
versions-note = It was changed on this computer and elsewhere. Choose for each part what counts from now on.
# Button: takes the version of this computer.
versions-all-mine = All from here
# Button: takes the version of the server.
versions-all-theirs = All from the server
# Above a value: the version of this computer.
versions-mine = Here
# Above a value: the version of the server.
versions-theirs = On the server
# A part in which nothing stands.
versions-empty = Nothing
# A contact that is no favourite.
versions-not-favourite = Not a favourite
# Button: what was chosen counts.
versions-save = Keep this
# In the dialog.
versions-deleted-there = You changed this contact, and it was deleted elsewhere.
# In the dialog.
versions-deleted-here = You deleted this contact, and it was changed elsewhere.
# Button: the contact stays.
versions-keep = Keep it
# In the dialog.
versions-refused = The server did not take your change: you have no right to change this contact, or it holds too much. Edit it again, or discard your change.
# In the dialog, for a contact that is new.
versions-refused-new = The server did not take this contact: you have no right to add it, or it holds too much. Edit it again, or discard it.
# Button: the server's version counts, or the contact goes.
versions-discard = Discard my change
# A part of a contact.
versions-firstName = First name
# A part of a contact.
versions-lastName = Last name
# A part of a contact: shown instead of first and last name.
versions-displayName = Shown name
# A part of a contact.
versions-company = Company
# A part of a contact.
versions-jobTitle = Job title
# A part of a contact.
versions-numbers = Numbers
# A part of a contact.
versions-emails = Email
# A part of a contact.
versions-sipAddresses = SIP addresses
# A part of a contact.
versions-groups = Groups
# A part of a contact: lines of the company's own.
versions-fields = Your fields
# A part of a contact.
versions-notes = Notes
# A part of a contact.
versions-favourite = Favourite

## More, export, region

# Button with further actions of the whole book.
contacts-more = More about the contacts
# Menu row. vCard is the name of a file format.
contacts-export-vcf = Export as vCard
# Menu row. CSV is the name of a file format.
contacts-export-csv = Export as CSV
# News after an export; the path of the file stands below.
contacts-exported = Contacts exported
# Label above a choice of countries.
contacts-region = Numbers without a country code belong to
# First choice: no country.
contacts-region-none = Not set
# Below that choice.
contacts-region-note = Used to search numbers and to know who is calling.

## One contact

# Button, and title of the form.
contact-new = New contact
# Button, and title of the form.
contact-edit = Edit
# Button with further actions of one contact.
contact-more = More about this contact
# Menu row.
contact-delete = Delete contact
# News with the button Undo.
contact-deleted = { $name } was deleted
# News after the form.
contact-saved = { $name } was saved
# News with the button Go on editing: somebody went to another contact, or pressed Escape, with changes in the form. $name is the contact's.
contact-left = The changes to { $name } were not saved
# The same of a contact that was to be new.
contact-new-left = The new contact was not saved
# Button beside both.
contact-go-on = Go on editing
# Star button.
contact-favour = Add to favourites
# Star button, when it is one.
contact-unfavour = Remove from favourites
# Button beside a number, for a screen reader.
contact-call = Call { $number }
# Button beside an e-mail address, for a screen reader.
contact-copy = Copy { $text }
# Button: puts a text into the clipboard.
copy = Copy
# News after that.
copied = Copied
# Field of the form.
contact-first-name = First name
# Field of the form.
contact-last-name = Last name
# Field of the form: organisation.
contact-company = Company
# Field of the form: position there.
contact-job-title = Job title
# Heading in the form.
contact-numbers = Numbers
# Name of a field for a telephone number, for a screen reader.
contact-number = Number
# Name of the choice what a number is for, for a screen reader.
number-kind = Kind of number
# What a number is for.
number-kind-mobile = Mobile
# What a number is for.
number-kind-work = Work
# What a number is for.
number-kind-home = Home
# What a number is for: the switchboard of a company.
number-kind-main = Switchboard
# What a number is for.
number-kind-extension = Extension
# What a number is for.
number-kind-fax = Fax
# What a number is for.
number-kind-other = Other
# The number that is called when nothing else is said: tag, and check box in the form.
number-primary = Main
# Button in the form.
number-add = Add a number
# Button in the form.
email-add = Add an email
# Label of a SIP address.
contact-sip = SIP address
# Button in the form.
sip-add = Add a SIP address
# Heading: lines of the company's own, such as customer number and branch.
contact-fields = Your fields
# Name of a field for the name of such a line, for a screen reader.
field-name = Name of the field
# Name of a field for what stands in it, for a screen reader.
field-value = Content of the field
# Button in the form.
field-add = Add a field
# Button at the end of a line of the form.
line-remove = Remove this line
# Field of the form.
contact-groups = Groups
# Below it.
contact-groups-help = Several stand apart by commas.
# Heading, and field of the form.
contact-note = Notes
# What is wrong with the form, at the name.
contact-fault-missing = Give a name, a company or a number.
# What is wrong with a number.
contact-fault-notANumber = This cannot be called. Use digits, * and #, with + or 00 before a country code.
# What is wrong with an e-mail or SIP address.
contact-fault-notAnAddress = Write the address as name@example.com.
# What is wrong with a field.
contact-fault-tooLong = This is too long.
# What is wrong with the lines of one kind.
contact-fault-tooMany = These are too many lines.
# Button on a row of the history.
history-add-contact = Add to contacts
# Button on a row of the history.
history-show-contact = Show the contact

## Import

# Button, and title of the dialog.
import = Import contacts
# Button on the empty screen; opens the dialog.
import-open = Import…
# In the dialog, before a file is chosen.
import-pick-note = Choose a vCard or CSV file of another program, or drop it on the contacts. Nothing is written before you have seen what it brings.
# Button that opens the system's dialog for files.
import-pick = Choose a file
# Button that chooses another file.
import-other = Other file…
# While a file is being read.
import-reading = Reading { $name }…
# Below the name of the file.
import-is-cards = vCard
# Below the name of the file.
import-is-table = Table
# Name of the choice of an encoding, for a screen reader.
import-charset = Encoding of the text
# Name of the choice of a separator, for a screen reader.
import-separator = Between two cells
# What stands between two cells of a table.
import-separator-semicolon = Semicolon ;
# What stands between two cells of a table.
import-separator-comma = Comma ,
# What stands between two cells of a table.
import-separator-tab = Tab
# What stands between two cells of a table.
import-separator-bar = Bar |
# Check box.
import-header = The first row names the columns
# Name of the first rows, for a screen reader.
import-sample = First rows of the file
# Name of the choice what a column holds, for a screen reader. $name is the column's name in the file.
import-column = Column { $name } holds
# What a column holds.
import-column-ignore = Leave out
# What a column holds.
import-column-fullName = Whole name
# What a column holds.
import-column-firstName = First name
# What a column holds.
import-column-middleName = Middle name
# What a column holds.
import-column-lastName = Last name
# What a column holds.
import-column-company = Company
# What a column holds.
import-column-jobTitle = Job title
# What a column holds.
import-column-mobile = Mobile
# What a column holds.
import-column-work = Number at work
# What a column holds.
import-column-home = Number at home
# What a column holds.
import-column-main = Switchboard
# What a column holds.
import-column-extension = Extension
# What a column holds.
import-column-fax = Fax
# What a column holds.
import-column-other = Other number
# What a column holds: says what the number in the next column is for.
import-column-numberLabel = Kind of the next number
# What a column holds.
import-column-email = Email
# What a column holds.
import-column-sip = SIP address
# What a column holds.
import-column-groups = Groups
# What a column holds.
import-column-note = Notes
# What a column holds.
import-column-favourite = Favourite
# What a column holds: a line of the company's own.
import-column-field = A field of yours
# How many rows or cards can be taken in.
import-can =
    { $count ->
        [0] No contact can be read
        [one] { NUMBER($count) } contact can be read
       *[other] { NUMBER($count) } contacts can be read
    }
# How many rows or cards cannot.
import-cannot =
    { $count ->
        [one] { NUMBER($count) } row is left out
       *[other] { NUMBER($count) } rows are left out
    }
# Check box.
import-keep-both = Also add contacts that are already there
# Button that begins.
import-start =
    { $count ->
        [one] Import { NUMBER($count) } contact
       *[other] Import { NUMBER($count) } contacts
    }
# While it runs.
import-running = Importing { $name }…
# The result.
import-done =
    { $count ->
        [0] No contact was imported
        [one] { NUMBER($count) } contact was imported
       *[other] { NUMBER($count) } contacts were imported
    }
# Below the result.
import-left-out =
    { $count ->
        [one] { NUMBER($count) } row was left out.
       *[other] { NUMBER($count) } rows were left out.
    }
# Name of the list of rows that are left out, for a screen reader.
import-skipped = Rows that are left out
# Before the reason: the line of the file.
import-line = Line { NUMBER($line) }
# Below a list that is cut. Both are numbers in words of the language.
import-more-skipped = The first { $shown } of { $all } are shown.
# Why a row is left out.
import-skip-empty = There is neither a name nor a number in it.
# Why a row is left out.
import-skip-noNumber = What stands there is not a number.
# Why a row is left out.
import-skip-rounded = A spreadsheet has rounded the number; its digits are lost.
# Why a row is left out.
import-skip-tooLong = A cell is too long: a quote is probably not closed.
# Why a card is left out.
import-skip-noEnd = The card is cut off.
# Why a card is left out.
import-skip-tooLarge = The card is too large.
# Why a row is left out.
import-skip-alreadyThere = This contact is already there.
# Why a row and all after it are left out.
import-skip-tooMany = One file may bring { NUMBER(100000) } contacts; what follows is left out.
