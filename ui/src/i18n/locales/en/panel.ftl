# Section of the rail, and title: what agents and queues do now.
section-panel = Live panel
# Beside the title: what is shown comes by itself.
panel-live = Live, updated just now
# Beside the title: the connection is lost.
panel-not-live = Not live
# Only said by a screen reader: name of the six figures.
panel-sums = At a glance
# Figure: callers who wait.
panel-sum-waiting = Waiting now
# Figure: agents who would get the next call.
panel-sum-ready = Agents ready
# Figure: agents on a call.
panel-sum-calls = On calls
# Figure: calls.
panel-sum-answered = Answered today
# Figure: callers who hung up before anybody answered.
panel-sum-abandoned = Abandoned
# Figure and title of a chart: share of callers who were answered in time.
panel-sum-level = Service level
# Below the figure of those who wait. $time is a clock, 2:47.
panel-longest = longest { $time }
# Below the figure of ready agents: so many ($count) are there.
panel-signed-in =
    { $count ->
        [one] of { NUMBER($count) } signed in
       *[other] of { NUMBER($count) } signed in
    }
# Below the figure of agents on calls: how long a conversation takes. $time is a clock, 4:06.
panel-average = average { $time }
# Below the figure of answered calls. $count is a number.
panel-yesterday = yesterday { NUMBER($count) }
# Below the figure of abandoned calls. $share is a percentage.
panel-of-calls = { $share } of calls
# Below the service level: $share is a percentage, $seconds a number of seconds.
panel-target = target { $share } in { NUMBER($seconds) } s
# Title of the table of queues.
panel-queues = Queues
# Button: shows callers and agents of every queue again.
panel-all-queues = All queues
# In place of the table.
panel-no-queues = No queue is served by these agents.
# Column of the queues: name.
panel-column-queue = Queue
# Column of the queues: callers who wait.
panel-column-waiting = Waiting
# Column of the queues: the longest wait.
panel-column-longest = Longest
# Column of the queues: a shape for each agent.
panel-column-agents = Agents
# Column of the queues: ready agents.
panel-column-ready = Ready
# Column of the queues.
panel-column-level = Service level
# Column of the queues: abandoned calls.
panel-column-lost = Lost
# Only said by a screen reader, after the name of a queue.
panel-broken = below its service level
# Only said by a screen reader: agents of a queue. Numbers.
panel-queue-agents = { NUMBER($ready) } ready, { NUMBER($busy) } on calls, { NUMBER($paused) } paused
# Only said by a screen reader: name of the pane of waiting calls and agents.
panel-people = Waiting calls and agents
# Title of the list of callers.
panel-waiting = Waiting calls
# In place of the list of callers.
panel-nobody-waits = Nobody waits.
# In place of a caller’s name and number, which may not be seen.
panel-withheld = Number not shown
# Below a waiting caller: the call is offered to $person, a name.
panel-rings-at = rings at { $person }
# Button below the list of callers.
panel-show-more =
    { $count ->
        [one] Show { NUMBER($count) } more
       *[other] Show { NUMBER($count) } more
    }
# Button below the list of callers.
panel-show-fewer = Show fewer
# Button and menu of a waiting caller; $person is a name or a number.
panel-caller-actions = Actions for { $person }
# Menu: the waiting caller rings at one’s own phone.
panel-pull = Pull to me
# Told after that.
panel-pulled = The call comes to your phone.
# Menu: opens a dialog.
panel-send = Send to…
# Title of that dialog.
panel-send-title = Send the caller to
# In the empty field of that dialog.
panel-send-search = Queue, agent or extension
# In place of the list of that dialog.
panel-send-none = Nothing fits. An extension can be typed.
# Button of that dialog, while nothing is chosen.
panel-send-confirm = Send
# Button of that dialog. $target is a name or an extension.
panel-send-to = Send to { $target }
# Told after that.
panel-sent = The caller was sent on.
# Title of the list of agents.
panel-agents = Agents
# In place of the list of agents.
panel-no-agents = Nobody serves this queue.
# What an agent does: the call is on hold.
panel-held = On hold
# What an agent does: waits after a call that was not taken.
panel-pausing = Short pause
# Beside what an agent does: so long until it ends. $time is a clock.
panel-left = { $time } left
# Beside a break: longer than this stands out. $time is a clock.
panel-limit = limit { $time }
# Button and menu of an agent; $person is a name.
panel-agent-actions = Actions for { $person }
# Menu: hear recordings of an agent’s calls.
panel-recordings = Recordings…
# Menu: hear both sides of an agent’s call.
panel-listen = Listen
# Button that does it; $person is a name.
panel-listen-to = Listen to { $person }
# Menu: be heard by the agent alone.
panel-whisper = Whisper
# Button that does it; $person is a name.
panel-whisper-to = Whisper to { $person }
# Menu: be heard by both sides.
panel-barge = Barge in
# Button that does it; $person is a name.
panel-barge-in = Barge in on { $person }
# Below the name of an agent: a supervisor listens.
panel-supervised-listen = A supervisor listens
# Below the name of an agent: a supervisor whispers.
panel-supervised-whisper = A supervisor whispers
# Below the name of an agent: a supervisor takes part.
panel-supervised-barge = A supervisor takes part
# Notice: the connection is lost.
panel-stale = This is not live
# Below that notice.
panel-stale-note = The connection is lost. What is shown may be old; it comes back by itself.
# Title: nothing could be had.
panel-failed = The live panel could not be opened
# Title: the server refuses.
panel-forbidden = You do not have the live panel
# Below that title.
panel-forbidden-note = It is for those who watch over agents. An administrator can change what you may see.
# Title: there are no queues and no agents.
panel-empty = Nothing to watch yet
# Below that title.
panel-empty-note = Agents and queues of your departments appear here.
# Name of the big view for a screen on the wall.
panel-wall = Wallboard
# Button: opens it. F11 is a key.
panel-wall-open = Wallboard (F11)
# Button: leaves it. Esc is a key.
panel-wall-leave = Leave the wallboard (Esc)
# Notice in place of the charts.
panel-charts-failed = The charts could not be loaded
# Only said by a screen reader: a chart whose values are read with the arrow keys. $title is its title.
panel-chart-read = { $title }: arrow keys read the values
# Title of a chart.
panel-chart-calls = Calls per half hour
# Legend and column.
panel-answered = Answered
# Legend and column.
panel-abandoned = Abandoned
# Legend: the dashed line. $share is a percentage.
panel-chart-target = target { $share }
# Column of a chart’s table: time of day.
panel-chart-time = Time
# In place of a percentage: nobody called.
panel-no-calls = no calls
# In place of a chart.
panel-no-calls-today = No calls yet today.
# A value of a chart that is read. $name may be a time.
panel-reading = { $name }: { $value }
# A half hour that is read; numbers.
panel-reading-calls = { $time }: { NUMBER($answered) } answered, { NUMBER($abandoned) } abandoned
# Title of a chart: what the phones of the users do.
panel-chart-states = Users’ state
# Column of its table.
panel-chart-state = State
# Column of its table: how many.
panel-chart-people = Users
# A phone that is connected and not on a call.
panel-state-idle = Idle
# A phone on a call.
panel-state-busy = On a call
# No phone is connected.
panel-state-unregistered = Not registered
# Title of a chart.
panel-chart-directions = Extensions by call direction
# Column of its table.
panel-chart-extension = Extension
# Calls from outside.
panel-direction-inbound = Inbound
# Calls to outside.
panel-direction-outbound = Outbound
# Calls with colleagues.
panel-direction-internal = Internal
# Calls of three or more.
panel-direction-conference = Conference
# Calls that were listened to.
panel-direction-eavesdrop = Eavesdrop
# An extension that is read; numbers.
panel-reading-directions = { $name }: { NUMBER($inbound) } inbound, { NUMBER($outbound) } outbound, { NUMBER($internal) } internal, { NUMBER($conference) } conference, { NUMBER($eavesdrop) } eavesdrop
# Title of a chart: time on breaks, by reason.
panel-chart-breaks = On break today
# Column of its table.
panel-chart-reason = Reason
# Column of its table.
panel-chart-duration = Time
# Column of its table: percentage.
panel-chart-share = Share
# A reason that is read. $time is a clock, $share a percentage.
panel-reading-break = { $name }: { $time }, { $share }
# In place of the reasons.
panel-no-breaks = No breaks yet today.
