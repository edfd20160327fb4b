## The statuses of the team, for administrators

# Page of the settings, and its title.
statuses-page = Team statuses
# Below its title.
statuses-note = What everybody in the team can choose. A change holds from the next call on, for everybody who has the status.
# While they are read, for a screen reader.
statuses-loading = Reading the statuses
# They could not be read: title.
statuses-failed = The statuses could not be read
# Button, and title of what it opens.
statuses-new = New status
# Title of the form of a status that exists.
statuses-edit-title = Edit status
# Button of a row, for a screen reader. $status is a status.
statuses-edit = Edit { $status }
# Button of a row, for a screen reader.
statuses-up = Move { $status } up
# Button of a row, for a screen reader.
statuses-down = Move { $status } down
# Beside a status: how many people have it now.
statuses-people =
    { $count ->
        [one] { NUMBER($count) } person
       *[other] { NUMBER($count) } people
    }
# In the form of a status that can be retired. $count is how many people have it now.
statuses-people-keep =
    { $count ->
        [one] { NUMBER($count) } person has this status. A change holds for their next call; retired, they keep it until they choose another one.
       *[other] { NUMBER($count) } people have this status. A change holds for their next call; retired, they keep it until they choose another one.
    }
# Heading of those that nobody can choose any more.
statuses-retired = Retired
# Below that heading.
statuses-retired-note = Nobody can choose these. Reports still name them.
# Field: what the status is, which gives it its shape and colour.
statuses-kind = Kind
# Field.
statuses-name-en = Name in English
# Field.
statuses-name-ar = Name in Arabic
# In an empty name field of a status that is built in.
statuses-name-usual = Usual name
# Error at a name field.
statuses-name-missing = Write a name.
# Heading of three switches.
statuses-keeps-away = Keeps away
# Below that heading, when they cannot be changed.
statuses-fixed = This status means what it says; what it keeps away cannot be changed.
# Switch: calls that queues hand out.
statuses-queue = Calls from queues
# Switch: calls of colleagues.
statuses-internal = Calls from the team
# Switch.
statuses-external = Calls from outside
# Part of a list: calls that queues hand out.
statuses-blocks-queue = calls from queues
# Part of a list: calls of colleagues.
statuses-blocks-internal = calls from the team
# Part of a list.
statuses-blocks-external = calls from outside
# Below a status. $calls is a list of the three above.
statuses-blocks = Keeps away: { $calls }
# Below a status.
statuses-blocks-nothing = Lets every call through
# Below a status.
statuses-blocks-everything = Lets no call through
# Button: nobody can choose this status any more.
statuses-retire = Retire
# Button: the opposite.
statuses-bring-back = Bring back
