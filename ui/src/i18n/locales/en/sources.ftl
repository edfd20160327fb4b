## Outside address books (CardDAV, LDAP)

# Row of the menu of the contacts screen; opens the list of outside address books.
sources-open = Address books…
# Title of that list.
sources = Address books
# Below the title.
sources-note = Contacts that are kept elsewhere. You find and call them here, also offline; they are edited there.
# There is no outside address book yet.
sources-empty = No address books yet
# Below it.
sources-empty-note = Add one over CardDAV or LDAP.
# Button and title of the form: a new outside address book.
source-add = Add an address book
# Title of the form: an outside address book that is there.
source-edit = Edit the address book
# Button at a line, for a screen reader. $name is what the address book is called.
source-edit-named = Edit { $name }
# Button at a line, for a screen reader: read the address book now.
source-refresh = Read { $name } again
# Button at a line, for a screen reader.
source-remove-named = Remove { $name }
# Button that confirms it.
source-remove = Remove
# Question before an address book is removed.
source-remove-ask = Remove { $name }?
# Below that question.
source-remove-note = Its contacts disappear from this computer. At the server nothing changes.
# At a line: the address book is being read.
source-reading = Reading…
# At a line: the address book was never read.
source-never = Not read yet
# At a line: when it was read last, today. $time is an hour and minute.
source-read = Read { $time }
# The same on another day.
source-read-day = Read { $day }, { $time }
# Below what went wrong with an address book.
source-stays = The contacts of the last reading stay.
# Name of the choice between CardDAV and LDAP, for a screen reader.
source-kind = Kind of address book
# Kind of address book; a proper name.
source-kind-cardDav = CardDAV
# Kind of address book; a proper name.
source-kind-ldap = LDAP
# Field: what the user calls the address book.
source-name = Name
# Field: where the server is.
source-address = Address
# Below that field, for CardDAV.
source-address-help = The address of the server is enough; its address books are found.
# Below that field, for LDAP.
source-address-ldap-help = The server’s address with ldaps:// or ldap://, and a port if it is not the usual one.
# Box to tick, for LDAP.
source-starttls = Encrypt ldap:// connections (STARTTLS)
# Field: whom to sign in as.
source-user = User name
# Below that field.
source-user-help = Empty: without signing in.
# Below the password of an address book that is there.
source-password-kept = Empty: the saved password stays.
# Field, for LDAP: the entry below which to look.
source-base = Base DN
# Below that field.
source-base-help = The part of the directory that is searched.
# Field, for LDAP: which entries are contacts.
source-filter = Filter
# Below that field.
source-filter-help = Empty: everybody with a telephone number.
# Button: choose a file with certificates.
source-certificate = Choose a certificate…
# Beside that button.
source-certificate-none = For servers with a certificate of their own.
# The same, when a file was chosen.
source-certificate-there = Your certificate file is trusted for this server.
# Button: the file is not trusted any more.
source-certificate-remove = Do not trust it
# Button: tries what stands in the form; nothing is kept.
source-test = Test
# The server has several address books; they follow as buttons.
source-choose = Several address books were found. Choose one.
# At a contact: the outside address book that it comes from.
contact-from-source = From { $name }, edited there
# Button at such a contact.
contact-copy-to-mine = Copy to my contacts
# Said after that.
contact-copied-to-mine = { $name } was copied to your contacts
# A test found this many contacts; names of the first few follow.
source-works =
    { $count ->
        [0] It works. The address book is empty.
        [one] It works. { NUMBER($count) } contact was found.
       *[other] It works. { NUMBER($count) } contacts were found.
    }
# Why an address book cannot be read.
source-why-badAddress = This is not an address of such a server.
# Why an address book cannot be read.
source-why-cleartext = Your password would travel unencrypted. Use https, ldaps or STARTTLS.
# Why an address book cannot be read.
source-why-badCertificateFile = That file holds no usable certificate. Choose one in PEM form.
# Why an address book cannot be read.
source-why-badFilter = This is not a valid filter.
# Why an address book cannot be read.
source-why-noPassword = Type the password of this user.
# Why an address book cannot be read.
source-why-noSuchHost = There is no server of this name. Check the address.
# Why an address book cannot be read.
source-why-unreachable = Nobody answers at this address.
# Why an address book cannot be read.
source-why-timedOut = The server did not answer in time.
# Why an address book cannot be read.
source-why-unknownIssuer = The certificate of the server is not trusted. If it is your own, choose it below as a trusted file.
# Why an address book cannot be read.
source-why-wrongName = The certificate of the server is for another name.
# Why an address book cannot be read.
source-why-expired = The certificate of the server is not valid today.
# Why an address book cannot be read.
source-why-badCertificate = The certificate of the server is faulty.
# Why an address book cannot be read.
source-why-noTls = The server does not offer an encrypted connection here.
# Why an address book cannot be read.
source-why-wrongCredentials = The user name or the password is not right.
# Why an address book cannot be read.
source-why-notAllowed = This user may not read the address book.
# Why an address book cannot be read.
source-why-notABook = There is no address book at this address.
# Why an address book cannot be read.
source-why-severalBooks = There are several address books. Edit, test and choose one.
# Why an address book cannot be read.
source-why-noSuchBase = The base DN was not found on the server.
# Why an address book cannot be read.
source-why-tooLarge = The address book is too large.
# Why an address book cannot be read.
source-why-serverLimit = The server gives only a part of the contacts. Narrow the filter, or ask its administrator.
# Why an address book cannot be read.
source-why-elsewhere = The server refers to another host. Type that address, if you trust it.
# Why an address book cannot be read.
source-why-serverFailed = The server reports a failure.
# Why an address book cannot be read.
source-why-notUnderstood = The answer of the server could not be understood.
# Why an address book cannot be read.
source-why-noKeychain = The keychain of this computer cannot be used, so the password is not kept.
