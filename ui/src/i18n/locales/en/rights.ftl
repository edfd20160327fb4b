## Rights: what somebody may see and do

# Row of a colleague's menu, for those who administer: opens their rights.
rights-open = Rights…
# Title of that dialog. $person is a name.
rights-title = Rights of { $person }
# The department that is there from the start, until somebody names it.
rights-department-first = Main department
# Choice in the list of departments: all of them.
rights-department-all = All departments
# Name of the list of departments above the team, for a screen reader.
rights-department-choose = Department
# Heading: where somebody belongs and what they are.
rights-place = Place in the team
# Field: the department that somebody belongs to.
rights-department = Department
# Field: what somebody is in the team.
rights-role = Role
# Group of boxes: further departments that somebody sees as if they were the own.
rights-watches = Watches over as well
# Heading: switches about seeing.
rights-sees = Sees
# Heading: switches about doing.
rights-does = May
# Heading: about recordings.
rights-records = Recordings
# Switch.
rights-presence = Presence of colleagues
# Below that switch.
rights-presence-note = The status of the others in the department. Off: nothing of the department is seen.
# Switch.
rights-calls = Calls of colleagues
# Below that switch.
rights-calls-note = That there is a call, its state and how long it lasts. Off: only that somebody is on a call.
# Switch.
rights-show-my-calls = Shows the own calls
# Below that switch.
rights-show-my-calls-note = The department sees the number and the name. Off: only that there is a call.
# Switch.
rights-operations = Act on calls of colleagues
# Below that switch.
rights-operations-note = Pick up, divert and transfer calls within the department.
# Switch: parking calls and taking parked ones.
rights-parking = Park calls
# Below that switch.
rights-parking-note = Park a call and take one that is parked.
# Switch. A digital receptionist is a menu by voice.
rights-ivr = Send to a digital receptionist
# Below that switch.
rights-ivr-note = Send a call to a menu by voice.
# Switch.
rights-intercom = Intercom
# Below that switch.
rights-intercom-note = Speak through a colleague’s phone at once.
# Switch.
rights-monitoring = Listen, whisper and barge in
# Below that switch.
rights-monitoring-note = The role must allow it as well.
# Field: which calls are recorded by themselves.
rights-recording = Recorded by themselves
# Choice: no call is recorded by itself.
rights-recording-off = No calls
# Choice: calls with somebody outside are recorded.
rights-recording-external = External calls
# Choice: all calls are recorded.
rights-recording-all = All calls
# Switch.
rights-press-record = Press Record
# Below that switch.
rights-press-record-note = Begin and end a recording by hand.
# Notice: the person stands above the administrator, or the administrator may not change them.
rights-read-only = You may see these rights and not change them.
# Notice: the rights could not be read. A sentence about the reason stands above.
rights-failed = The rights could not be read
# Button: read them again.
rights-again = Read again
# While they are read, for a screen reader.
rights-loading = The rights are being read
