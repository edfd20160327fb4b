## Rules of the team and the audit, for administrators

# Page of the settings, and its title.
rules-page = Team rules
# Below its title.
rules-note = They hold for everybody.
# The rules could not be read: title. A sentence about the reason stands below.
rules-failed = The rules could not be read
# Heading.
rules-supervision = Supervision
# Switch.
rules-agents-see = Agents see who supervises their calls
# Below the switch.
rules-agents-see-note = Otherwise nobody but the supervisor knows. Everything is written down in the audit log either way.
# Page of the settings, and its title.
audit-page = Audit log
# Below its title.
audit-note = What administrators and supervisors have done, newest first.
# Label of the choice of what is shown.
audit-area = Show
# Choice: all of it.
audit-area-all = Everything
# Choice: only of this kind.
audit-area-user = Accounts
# Choice: only of this kind.
audit-area-rights = Rights
# Choice: only of this kind.
audit-area-role = Roles
# Choice: only of this kind.
audit-area-department = Departments
# Choice: only of this kind.
audit-area-queue = Queues
# Choice: only of this kind.
audit-area-status = Statuses
# Choice: only of this kind.
audit-area-setting = Settings
# Choice: only of this kind.
audit-area-supervision = Supervision
# Choice: only of this kind.
audit-area-recording = Recordings
# Choice: only of this kind.
audit-area-call = Calls
# Choice: only of this kind.
audit-area-caller = Waiting callers
# Button: read it again.
audit-again = Read the audit log again
# It could not be read: title. A sentence about the reason may stand below.
audit-failed = The audit log could not be read
# Nothing was done.
audit-none = Nothing has been written down yet
# Button: entries before these.
audit-older = Show older
# In place of a name that is not known.
audit-nobody = somebody
# In place of who did it: the account is gone, or it was the server.
audit-by-nobody = An account that is gone
# Button: shows what is different since.
audit-changes = { $count ->
    [one] { NUMBER($count) } change
   *[other] { NUMBER($count) } changes
}
# The button again, while the changes are shown.
audit-hide = Hide
# Column: what is different.
audit-column-what = What
# Column: how it was.
audit-column-before = Before
# Column: how it is.
audit-column-after = After
# What was done (user.created); who and when stand below. $subject is a name.
audit-user-created = Made the account of { $subject }
# What was done (user.changed); who and when stand below. $subject is a name.
audit-user-changed = Changed the account of { $subject }
# What was done (user.deleted); who and when stand below. $subject is a name.
audit-user-deleted = Deleted the account of { $subject }
# What was done (user.sessions_ended); who and when stand below. $subject is a name.
audit-user-sessions-ended = Signed { $subject } out everywhere
# What was done (user.status_forced); who and when stand below. $subject is a name.
audit-user-status-forced = Set the status of { $subject }
# What was done (rights.changed); who and when stand below. $subject is a name.
audit-rights-changed = Changed the rights of { $subject }
# What was done (role.changed); who and when stand below.
audit-role-changed = Changed a role
# What was done (department.created); who and when stand below. $subject is a name.
audit-department-created = Made the department { $subject }
# What was done (department.changed); who and when stand below. $subject is a name.
audit-department-changed = Changed the department { $subject }
# What was done (department.deleted); who and when stand below. $subject is a name.
audit-department-deleted = Deleted the department { $subject }
# What was done (queue.created); who and when stand below. $subject is a name.
audit-queue-created = Made the queue { $subject }
# What was done (queue.changed); who and when stand below. $subject is a name.
audit-queue-changed = Changed the queue { $subject }
# What was done (queue.removed); who and when stand below. $subject is a name.
audit-queue-removed = Removed the queue { $subject }
# What was done (queue.agent_put); who and when stand below. $subject is a name.
audit-queue-agent-put = Put somebody into the queue { $subject }
# What was done (queue.agent_removed); who and when stand below. $subject is a name.
audit-queue-agent-removed = Took somebody out of the queue { $subject }
# What was done (status.created); who and when stand below.
audit-status-created = Made a status
# What was done (status.changed); who and when stand below.
audit-status-changed = Changed a status
# What was done (status.ordered); who and when stand below.
audit-status-ordered = Put the statuses into another order
# What was done (setting.changed); who and when stand below.
audit-setting-changed = Changed a setting of the team
# What was done (caller.pulled); who and when stand below.
audit-caller-pulled = Took a waiting caller
# What was done (caller.sent_on); who and when stand below.
audit-caller-sent-on = Sent a waiting caller on
# What was done (call.picked_up); who and when stand below. $subject is a name.
audit-call-picked-up = Picked up a call of { $subject }
# What was done (call.diverted); who and when stand below. $subject is a name.
audit-call-diverted = Sent a ringing call of { $subject } on
# What was done (call.transferred); who and when stand below. $subject is a name.
audit-call-transferred = Transferred a call of { $subject }
# What was done (supervision.allowed); who and when stand below. $subject is a name.
audit-supervision-allowed = Was let into a call of { $subject }
# What was done (supervision.refused); who and when stand below. $subject is a name.
audit-supervision-refused = Was not let into a call of { $subject }
# What was done (supervision.began); who and when stand below. $subject is a name.
audit-supervision-began = Joined a call of { $subject }
# What was done (supervision.changed); who and when stand below. $subject is a name.
audit-supervision-changed = Took part in a call of { $subject } in another way
# What was done (supervision.ended); who and when stand below. $subject is a name.
audit-supervision-ended = Left a call of { $subject }
# What was done. $subject is the person whose call it is.
audit-recording-heard = Listened to a recording of { $subject }
# What was done. $subject is the person whose call it is.
audit-recording-deleted = Deleted a recording of { $subject }
# What was done, by the server itself.
audit-recording-expired = Old recordings were deleted

# Group of rules.
rules-parking = Parked calls
# Choice: after how long a parked call that nobody takes rings at the one who parked it.
rules-parking-back = A call comes back after
# Below the choice.
rules-parking-back-note = When nobody takes it, it rings at the one who parked it.
# In that choice. $number is the formatted count.
rules-parking-minutes =
    { $count ->
        [one] { $number } minute
       *[other] { $number } minutes
    }
# In that choice. $number is the formatted count.
rules-parking-seconds =
    { $count ->
        [one] { $number } second
       *[other] { $number } seconds
    }
