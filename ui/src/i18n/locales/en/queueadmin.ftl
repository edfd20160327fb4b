## The queues of the team, for administrators

# Page of the settings, and its title.
queues-page = Queues
# Below its title.
queues-note = Who calls one of these numbers waits until an agent is free. A change holds at once.
# They could not be read: title.
queues-failed = The queues could not be read
# There is none: title.
queues-none = There is no queue yet
# There is none: what to do.
queues-none-note = Give one a name and a number, then choose who answers.
# Button, and title of what it opens.
queues-new = New queue
# Button of a row, for a screen reader. $queue is the name of a queue.
queues-edit = Edit { $queue }
# Below the list. $number is the formatted count.
queues-count =
    { $count ->
        [one] { $number } queue
       *[other] { $number } queues
    }
# In a row: how many serve the queue. $number is the formatted count.
queues-agents-count =
    { $count ->
        [one] { $number } agent
       *[other] { $number } agents
    }
# In a row, and above an empty list: no agent serves the queue.
queues-nobody = Nobody answers yet
# The part of the form that is saved, for a screen reader.
queues-settings = Settings of the queue
# Field.
queues-name = Name
# Field.
queues-extension = Number
# Below the field.
queues-extension-help = What callers dial. Nobody else has it.
# Choice, and its name.
queues-strategy = Who is asked first
# Strategy of a queue.
queues-strategy-longestIdle = Idle for longest
# Below the choice.
queues-strategy-longestIdle-note = Who has waited longest for a call gets the next one.
# Strategy of a queue.
queues-strategy-roundRobin = In turn
# Below the choice.
queues-strategy-roundRobin-note = The list is gone through, from where the last call went.
# Strategy of a queue.
queues-strategy-topDown = From the top
# Below the choice.
queues-strategy-topDown-note = Each call begins with the first of the list.
# Strategy of a queue.
queues-strategy-ringAll = All at once
# Below the choice.
queues-strategy-ringAll-note = It rings at everybody who is free; the first one to answer has the call.
# Strategy of a queue.
queues-strategy-fewestCalls = Fewest calls
# Below the choice.
queues-strategy-fewestCalls-note = Who has answered the fewest calls gets the next one.
# Strategy of a queue.
queues-strategy-leastTalkTime = Least talk time
# Below the choice.
queues-strategy-leastTalkTime-note = Who has talked least gets the next one.
# Strategy of a queue.
queues-strategy-skills = Best skills
# Below the choice.
queues-strategy-skills-note = Who is best at what the queue asks for gets the next one.
# Switch.
queues-tiers = Higher levels wait
# Below the switch.
queues-tiers-note = Otherwise a higher level is asked as soon as nobody of the lower ones is free.
# Number of seconds.
queues-tier-wait = A caller has waited for
# Switch: level 3 after three times the seconds.
queues-tier-multiply = So long for each level
# Switch.
queues-tier-at-once = At once when nobody of a lower level is on duty
# Number of seconds.
queues-max-wait = Longest wait
# Below the number.
queues-max-wait-note = Then the caller is sent on. 0: never.
# Number of seconds.
queues-max-no-agent = Wait without agents
# Below the number.
queues-max-no-agent-note = Callers are sent on when nobody is on duty for so long. 0: never.
# Number of callers.
queues-max-callers = Most callers
# Below the number.
queues-max-callers-note = More are sent on at once. 1 to 1000.
# Choice, and its name: what becomes of callers whom nobody takes.
queues-overflow = Where callers are sent on
# Choice.
queues-overflow-hangUp = Nowhere: the call ends
# Choice.
queues-overflow-queue = To another queue
# Choice.
queues-overflow-extension = To a phone
# Choice.
queues-overflow-voicemail = Into a voice box
# Choice of another queue.
queues-overflow-which = Which queue
# Field.
queues-overflow-phone = Number of the phone
# Field.
queues-overflow-box = Number whose box it is
# Number of seconds.
queues-service-level = Answered in time
# Below the number.
queues-service-level-note = Within so many seconds. Service level counts from here.
# Switch.
queues-resume = Keep the place
# Below the switch.
queues-resume-note = Who hangs up and calls again does not start at the end.
# Number of seconds.
queues-discard = How long
# Below the number.
queues-discard-note = After it, they start at the end.
# Switch.
queues-skip-other = Spare who talks
# Below the switch.
queues-skip-other-note = Agents on a call of their own are not asked.
# Field with several skills.
queues-skills = Skills that are asked for
# Below the field. $most is the highest level.
queues-skills-help = Agents need all of them, at least so well. 1 to { NUMBER($most) }.
# Title of the list of those who serve the queue.
queues-agents = Agents
# Below that title.
queues-agents-note = Lower levels are asked first, and lower places within a level. Changes here hold at once.
# Instead of the list, while the queue is new.
queues-agents-later = Make the queue first, then choose who answers.
# Search field.
queues-agent-find = Add an agent
# Button, for a screen reader. $person is a name.
queues-agent-add = Add { $person }
# The search found nobody.
queues-agent-none = No agent of that name. Who answers is made an agent in the directory.
# Below what was found. $number is the formatted count.
queues-agent-more =
    { $count ->
        [one] { $number } more
       *[other] { $number } more
    }
# Below a name: this person serves the queue, but is no agent.
queues-agent-not = No agent: is not asked
# Above a small number.
queues-level = Level
# The small number, for a screen reader. $person is a name.
queues-level-of = Level of { $person }
# Above a small number.
queues-position = Place
# The small number, for a screen reader. $person is a name.
queues-position-of = Place of { $person }
# Button, for a screen reader. $person is a name.
queues-agent-remove = { $person } does not serve this queue any more
# Button of a new queue.
queues-make = Make queue
# Button, and what confirms the question.
queues-remove = Delete queue
# Question before it. $queue is the name of a queue.
queues-remove-title = Delete { $queue }?
# Below that question. $extension is the number of the queue.
queues-remove-note = Who waits is sent on, and nobody can call { $extension } any more. Its past calls stay in the figures.
# Question before changes are lost.
queues-unsaved = The queue is not saved
# Below that question.
queues-unsaved-note = What you have changed in its settings would be lost. Its agents are saved already.
# At a field.
queues-lack-name = Give the queue a name
# At a field.
queues-lack-extension = 1 to 32 digits or Latin letters, without spaces
# At a field.
queues-lack-target = Say where callers are sent
# At a field.
queues-lack-itself = That is this queue. Choose another number.
