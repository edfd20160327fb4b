# Time after a call from a queue, in which no other call from a queue comes. Title of a bar with a countdown.
queue-wrap-up = Wrap-up
# Below that title.
queue-wrap-up-note = No calls from queues until it is over
# Button: ends that time at once.
queue-ready = I’m ready
# Button: makes that time longer. $more is +30; s stands for seconds.
queue-extend = { $more } s
# On the card of a ringing call. $queue is the name of the queue that it comes from.
queue-from = Queue: { $queue }
# Heading in the status menu, above the reasons.
queue-why-title = Why am I not getting calls?
# Below that heading, when there is no reason.
queue-why-none = Calls from queues come to you.
# Reason: the status that was chosen.
queue-why-status = Your status keeps calls from queues away
# Reason: so many calls in a row were not answered ($missed), and the status was changed to Break.
queue-why-forced-break =
    { $missed ->
        [one] Forced break: { NUMBER($missed) } missed call
       *[other] Forced break: { NUMBER($missed) } missed calls in a row
    }
# Reason: the extension is offline.
queue-why-logged-out = You are offline
# Reason: no phone is connected.
queue-why-not-registered = Your phone is not connected to the server
# Reason: it rings.
queue-why-offered = A call is being offered to you
# Reason.
queue-why-in-queue-call = You are on a call from a queue
# Reason.
queue-why-not-ready = You are not ready yet
# Reason, with a countdown beside it.
queue-why-wrap-up = Wrap-up
# Reason, with a countdown beside it: the last call met a busy phone.
queue-why-busy-delay = Pause after a busy line
# Reason, with a countdown beside it: the last call was declined.
queue-why-reject-delay = Pause after a declined call
# Reason, with a countdown beside it: the last call was not answered.
queue-why-no-answer-delay = Pause after an unanswered call
# Reason, with a countdown beside it: the last call did not reach the phone.
queue-why-not-registered-delay = Pause, because your phone was not reached
# Reason: a call that comes from no queue.
queue-why-other-call = You are on another call
# Reason: the queue $queue asks for something ($skill) that this person is not good enough at.
queue-why-skill = { $queue } needs the skill { $skill }
# The same when the name of the queue is not known.
queue-why-skill-somewhere = A queue needs the skill { $skill }
# Reason.
queue-why-no-queue = You are in no queue
# Reason that this program does not know.
queue-why-other = Another rule of the server
# On the card of a call that waits in a queue.
queue-place-next = You are next in the queue
# The same. { $position } is the place, 2 or more.
queue-place = Number { $position } in the queue
# After it. { $time } is a duration, such as 1:30.
queue-place-wait = · about { $time }
