## The directory: users, for those who administer them

# Section: users and what they are doing.
section-directory = Directory
# Tab of the narrow window: the sections that have no room there.
section-more = More
# Field: finds users.
directory-search = Id, name or description
# Button in that field.
directory-search-clear = Clear the search
# Choice: users of every role.
directory-any-role = All roles
# Choice: users with every status.
directory-any-status = Any status
# Button, and title of the card of somebody new.
directory-new = New user
# Column and field: the user's extension, which is also their name at the telephone exchange.
directory-column-extension = Id
# Column and field.
directory-column-name = Name
# Column and field: what somebody is in the team.
directory-column-role = Role
# Column: takes calls from queues.
directory-column-agent = Agent
# Column: the application is connected.
directory-column-online = Online
# Column: works for the contact centre now. A short word.
directory-column-cc = CC
# Column: whether a phone is registered, and how.
directory-column-state = State
# Column: the status that was chosen.
directory-column-status = Status
# Column: the words of a status in one's own words.
directory-column-description = Description
# Column of the row menus, for a screen reader.
directory-column-actions = Actions
# Button of a row, and name of its menu. $person is a name.
directory-actions = Actions for { $person }
# In a cell: agent, online.
directory-yes = Yes
# In a cell: no agent, not online.
directory-no = No
# In the column CC: ready for calls from queues, or on a break.
directory-cc-in = In
# In the column CC: logged out of the queues.
directory-cc-out = Out
# In the column State: a phone is registered and free.
directory-state-idle = Registered
# In the column State.
directory-state-busy = On a call
# In the column State: no phone.
directory-state-unregistered = Not registered
# A status in somebody's own words; the words stand in the next column.
directory-status-other = Other
# Mark beside a name: the account may not sign in.
directory-suspended = Suspended
# Below the list.
directory-count =
    { $count ->
        [one] { NUMBER($count) } user
       *[other] { NUMBER($count) } users
    }
# Below the list, when it is filtered. $count is how many there are.
directory-count-shown =
    { $count ->
        [one] { NUMBER($shown) } of { NUMBER($count) } user
       *[other] { NUMBER($shown) } of { NUMBER($count) } users
    }
# Notice above the list while the server is not heard: title.
directory-offline = Who is there is not known now
# Below that title.
directory-offline-note = The server does not tell at the moment. The list comes back to life by itself.
# The list could not be read: title. A sentence about the reason stands below.
directory-failed = The directory did not load
# Nobody is administered: title.
directory-empty = Nobody here yet
# Below that title.
directory-empty-note = Users whom you administer appear here.
# Search and filters leave nobody: title.
directory-none-found = Nobody fits
# Below that title.
directory-none-found-note = Try another word, or show everybody.
# Button: takes search and filters away.
directory-show-all = Show everybody

## What can be done with a user

# Row of the menu: opens the card.
directory-edit = Edit
# The same, for those who may not change it.
directory-look = Look at the card
# Row of the menu: opens a list of statuses.
directory-force = Force status
# Below that list. $person is a name.
directory-force-note = { $person } gets a notice with your name.
# Title of the question for own words. $person is a name.
directory-force-title = Status of { $person }
# Field: the words.
directory-force-words = In words
# Button.
directory-force-set = Set
# Said after it was done.
directory-forced = { $person } has the new status and was told.
# Row of the menu, and button of the question: sign out everywhere.
directory-end-sessions = End the session
# Question. $person is a name.
directory-end-sessions-title = End the session of { $person }?
# Below that question.
directory-end-sessions-body = They are signed out on every computer and their phones are gone. They can sign in again with their password.
# Said after it was done.
directory-sessions-ended = { $person } was signed out everywhere.
# Row of the menu and button of the card: asks first.
directory-delete = Delete…
# Question. $person is a name.
directory-delete-title = Are you sure you want to delete { $person }?
# Below that question. $extension is an extension.
directory-delete-body = They are signed out at once and cannot come back. Their card, their rights, their places in queues and their own contacts are lost; extension { $extension } rings nowhere any more.
# Button of that question.
directory-delete-confirm = Delete
# Said after it was done.
directory-deleted = { $person } was deleted.
# Said after a card was saved.
directory-saved = The card of { $person } was saved.
# Said after somebody new was made.
directory-made = { $person } can sign in now.

## The card of a user

# Below the name. $day is a date.
directory-created = Created on { $day }
# The card could not be read: title.
directory-card-failed = The card could not be read
# Notice: the card may not be changed.
directory-read-only = You may see this card and not change it.
# First half of the card, for a screen reader.
directory-identity = Identity
# Below the field Id of somebody new.
directory-id-help = SIP id and number. It stays for ever.
# Below the field Id.
directory-id-fixed = SIP id and number, fixed
# In an empty password field: the password stays.
directory-password-same = Not changed
# Below the password field.
directory-password-help = 8 characters or more: capital and small letters, a number and a sign
# Below the password field when another one stands in it.
directory-password-ends = Saved, it signs them out everywhere.
# Button in the password field: makes one.
directory-password-make = Generate
# Button in the password field.
directory-password-copy = Copy the password
# Below the password field.
directory-password-copied = Copied
# Field: digits for the telephone.
directory-pin = Access PIN
# Below that field. DISA is calling out through the system from outside.
directory-pin-help = For voicemail and DISA
# In that field: there is none.
directory-pin-none = None
# In that field: there is none any more once it is saved.
directory-pin-removed = None
# Below that field.
directory-pin-removing = Saved, there is no PIN any more.
# Button in that field.
directory-pin-remove = Remove
# Field: addresses of computers.
directory-acl = Auth ACL
# In that field while it is empty.
directory-acl-any = Any address
# Below that field.
directory-acl-help = Phones register from these addresses only, like 10.20.0.0/16
# Button of an address or a skill, for a screen reader. $what is one.
directory-remove = Remove { $what }
# Switch: callers may leave messages.
directory-voicemail = Use voicemail
# Below that switch.
directory-voicemail-note = Callers who get no answer can leave a message
# Switch: may sign in.
directory-active = Active
# Below that switch.
directory-active-note = Off: signed out everywhere, and nobody can sign in
# Switch, and second half of the card: takes calls from queues.
directory-agent = Contact-centre agent
# Below that switch.
directory-agent-note = Takes calls from queues
# After a number of seconds: the unit, as short as can be.
directory-seconds = s
# Field.
directory-call-timeout = Call timeout
# Below it. $least and $most are the least and the most that is taken.
directory-call-timeout-note = A queue call rings this long ({ NUMBER($least) } to { NUMBER($most) })
# Field.
directory-wrap-up = Wrap-up time
# Below it.
directory-wrap-up-note = Pause between answered calls ({ NUMBER($least) } to { NUMBER($most) })
# Field.
directory-max-no-answer = Max no answer
# Below it. $least is 0, which means never.
directory-max-no-answer-note = Missed in a row, then a break ({ NUMBER($least) }: never, { NUMBER($most) } at most)
# Field.
directory-busy-delay = Busy delay
# Below it.
directory-busy-delay-note = Wait after “busy” ({ NUMBER($least) } to { NUMBER($most) })
# Field.
directory-reject-delay = Reject delay
# Below it.
directory-reject-delay-note = Wait after a decline ({ NUMBER($least) } to { NUMBER($most) })
# Field.
directory-no-answer-delay = No answer delay
# Below it.
directory-no-answer-delay-note = Wait after no answer ({ NUMBER($least) } to { NUMBER($most) })
# Field: what somebody is good at.
directory-skills = Skills
# Below it. $most is the best level.
directory-skills-help = Level 1 to { NUMBER($most) }, used to pick the agent
# Number beside a skill, for a screen reader.
directory-skill-level = Level of { $skill }
# Button: makes the user.
directory-make = Create
# Error at a field.
directory-fault-missing = Write something here.
# Error at the password field.
directory-fault-password = Too weak: 8 characters or more, capital and small letters, a number and a sign.
# Error at the field Auth ACL.
directory-fault-acl = Write addresses like 192.0.2.14, 10.20.0.0/16 or 2001:db8::/32.
# Question when a changed card is closed: title.
directory-unsaved = Leave without saving?
# Below that title.
directory-unsaved-note = What you changed in this card is lost.
# Button: forgets it.
directory-unsaved-discard = Discard
# Button: goes on.
directory-unsaved-stay = Stay
# Somebody else has saved the card meanwhile: title.
directory-conflict = Somebody else has changed this card meanwhile
# Below that title.
directory-conflict-note = Choose for each field which one shall count. Nothing is saved yet.
# Above a value.
directory-conflict-mine = Yours
# Above a value.
directory-conflict-theirs = Theirs
# Button: takes all of theirs.
directory-conflict-reload = Reload, discard mine
# Button.
directory-conflict-save = Save the choice

## A status that somebody else has set

# Notice: title. $by is the name of an administrator, $status is a status.
status-forced = { $by } has set your status to { $status }
# Below that title.
status-forced-note = You can choose another one at any time.
# Button of that notice.
status-forced-seen = Understood
