# A request failed.
error-wrongPassword = The email or the password is not right.
# The same, when the server says how many tries are left.
error-wrongPassword-tries =
    { $count ->
        [0] The email or the password is not right. The account is now locked for a while.
        [one] The email or the password is not right. { NUMBER($count) } try is left.
       *[other] The email or the password is not right. { NUMBER($count) } tries are left.
    }
# A request failed.
error-tooManyTries =
    { $minutes ->
        [one] Too many tries. Wait { NUMBER($minutes) } minute, then try again.
       *[other] Too many tries. Wait { NUMBER($minutes) } minutes, then try again.
    }
# A request failed.
error-serverUnreachable = The server cannot be reached. Check the address and the network.
# A request failed.
error-badCertificate = The server’s certificate is not trusted. Check the address; if it is right, ask your administrator.
# A request failed.
error-notAServer = Something answers at this address, but it is not a Rannan server.
# A request failed.
error-badServerAddress = This is not a server address. Write it like phones.example.com.
# A request failed.
error-serverFailure = The server reports a failure. Try again in a moment.
# A request failed.
error-practiceFailed = The practice server could not be started.
# A request failed.
error-badNumber = This cannot be called. Type an extension, a number or an address.
# A request failed.
error-notConnected = There is no connection to the server. Calls are not possible now.
# A request failed.
error-notSignedIn = You are not signed in.
# A request failed.
error-noSuchCall = This call is already over.
# A request failed.
error-notNow = This is not possible at this moment.
# A request failed.
error-tooManyCalls = There are too many calls. End one first.
# A request failed.
error-badDigit = This key cannot be sent.
# A request failed.
error-farEndRefused = The other side did not accept this.
# A request failed.
error-storageFailed = The data of this phone could not be read or written. Check that the disk is not full.
# A request failed.
error-deviceMissing = This device is no longer there.
# A request failed.
error-noKeychain = This computer has no keychain. You stay signed in until Rannan closes.
# A request failed.
error-noSuchRow = This call is no longer in the history.
# A request failed.
error-fileNotWritten = The file could not be written. Check that the disk is not full and that the Downloads folder is not locked.
# A request failed: the button that opens them. “pavucontrol” is the name of a program.
error-noSystemSettings = The system’s settings could not be opened. Open them from the menu of the desktop; if it has none for sound, install pavucontrol.
# A request failed.
error-statusText = Write what your status is, in 1 to 40 characters. Your status was not changed.
# A request failed.
error-statusNewer = Your status was changed later on another phone of yours. That one counts.
# A request failed.
error-statusRefused = The server did not take this status. Your status was not changed.
# A request failed: another window or phone deleted it.
error-noSuchContact = This contact is no longer there.
# The company's contacts are changed by those who have the right.
error-notYourBook = Only administrators change the company's contacts.
# A file was chosen for import.
error-notABook = There are no contacts in this file. Choose a vCard or CSV file; save a workbook as CSV first.
# A file was chosen for import.
error-fileTooLarge = The file is larger than 64 MB. Split it into several.
# An import failed.
error-noSuchFile = The file is no longer open. Choose it again.
# A request failed.
error-accountSuspended = Your account is suspended. Ask your administrator.
# A request failed.
error-badName = This cannot be a name. Write first and last name in one line each, up to 100 characters.
# A request failed.
error-weakPassword = The new password does not keep all rules.
# A request failed.
error-internal = Something went wrong inside Rannan.
# A note is longer than 2,000 characters.
error-noteTooLong = The note is too long. Shorten it and save again.
# A request of an administrator failed.
error-notYours = You do not administer this, or it goes beyond your own rights.
# A request of an administrator failed: somebody else was faster.
error-statusChanged = Somebody else has changed the statuses meanwhile. Read them again.
# A status lacks a name, or has one that is too long.
error-statusNames = Give the status a short name in each language.
# An administrator makes one more status than fit.
error-tooManyStatuses = There are too many statuses already, retired ones too. Change one of them instead.
# An administrator changes a queue: somebody else was faster.
error-queueChanged = Somebody else has changed this queue meanwhile. Read it again.
# An administrator sets a queue up as it cannot be.
error-queueSettings = A queue cannot be like that. Look at its numbers, and at where callers are sent on.
# An administrator makes one more queue than fit.
error-tooManyQueues = There are 200 queues already. Delete one first.
# Somebody else was faster.
error-rightsChanged = Somebody else has changed these rights meanwhile. Read them again before you save.
# A request of an administrator failed.
error-lastOwner = This is the last system owner. Make somebody else system owner first.
# A request of an administrator failed: the user was deleted meanwhile, or moved to a department that is not theirs.
error-noSuchUser = This user is no longer there, or is no longer yours to administer.
# A request of an administrator failed: somebody else was faster.
error-userChanged = Somebody else has changed this user meanwhile. Read the card again before you save.
# The extension of a new user belongs to a user or a queue.
error-extensionTaken = Somebody has this extension already. Choose another one.
# The e-mail address of a user belongs to another one.
error-emailTaken = Somebody signs in with this e-mail already. Choose another one.
# The extension of a new user cannot be one.
error-badExtension = An extension has 1 to 32 letters, digits or . - _
# The name of a user cannot be one.
error-badUserName = A name has 1 to 200 characters, in one line.
# The e-mail address of a user is none.
error-badEmail = This is no e-mail address.
# The networks from which a user's phones may register.
error-badAcl = Write networks as 192.0.2.0/24 or 2001:db8::/32, one a line, 64 at most.
# The access PIN of a user.
error-badPin = An access PIN has 4 to 12 digits.
# Something else on the card of a user cannot be so, such as the options of an agent.
error-badCard = One of these values cannot be so. Options of an agent are 0 to 999, levels 1 to 100.
# An administrator wants to suspend or delete themselves.
error-yourself = You cannot do this to your own account. Another administrator can.
# An administrator ends the registration of a phone.
error-noSuchExtension = This phone is no longer registered.
# Picking up, diverting or transferring a colleague's call failed.
error-operateRefused = You may not operate this colleague's calls. An administrator can allow it.
# The same: somebody was faster.
error-operateNoCall = This call is over, or somebody has taken it already.
# The same: the call that rings there comes from a queue.
error-operateOfQueue = A queue offers this call and decides who gets it. Take it from the live panel.
# The same, with the extension that was to get it.
error-operateNobodyThere = Nobody can take the call there: no phone is registered, or the status keeps calls away.
# A call was to be parked.
error-parkNoPlace = Every parking place is taken. Put the call on hold, or transfer it.
# The same.
error-parkRefused = You may not park calls. An administrator can allow it.
# A range of users.
error-badRange = Bad from or to: write two numbers, the last not below the first.
# A range of users.
error-rangeTooLong = A range has 1,000 users at most. Make several.
# A range of users. The mark stands in the field: id in braces.
error-badEmailPattern = Write an e-mail address with id in braces in it, so that each user has one of their own.
# A file of users.
error-notATable = This is no table. Save a workbook as CSV first.
# A file of users.
error-tableTooLarge = The file is larger than 10 MB. Split it into several.
# A file of users.
error-tooManyRows = The file has more than 10,000 rows. Split it into several.
# A file of users: no column is chosen as the Id.
error-noIdColumn = Choose which column holds the Id.
# A list of users that was planned, made anew or forgotten meanwhile.
error-noSuchBulk = This list is no longer there. Begin again.
# Another list of users is being carried out.
error-bulkBusy = Another list of users is still being worked on. Wait for it, or stop it.
# Listening to a colleague failed.
error-superviseRefused = You may not listen to the calls of this colleague. An administrator can allow it.
# The same.
error-superviseNoCall = This colleague is on no call any more.
# The same.
error-superviseTaken = Somebody supervises this call already.
# The same.
error-superviseOwn = You are in this call yourself.
