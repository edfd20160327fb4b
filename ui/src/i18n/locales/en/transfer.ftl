# Tile below a call, and the panel's action.
transfer = Transfer
# Title of the panel in which it is chosen where a call goes.
transfer-title = Transfer the call
# Name of the choice between asking first and not, for a screen reader.
transfer-way = How to transfer
# Choice: the colleague is called first, then the two are connected.
transfer-ask = Ask first
# Below that choice.
transfer-ask-note = The caller waits and hears nothing while you talk to your colleague.
# Choice: the caller is sent at once.
transfer-now = Transfer now
# Below that choice.
transfer-now-note = The caller is sent at once. If nobody takes the call, you have it back.
# Inside the empty search field.
transfer-search = Name or number
# Small button in that field, for a screen reader.
transfer-search-clear = Clear the search
# Name of the list below it, for a screen reader.
transfer-targets = Where the call goes
# Group: what was typed.
transfer-number = Number
# Group.
transfer-colleagues = Colleagues
# Group.
transfer-contacts = Contacts
# Before a colleague's status: a call would not ring there.
transfer-blocked = Takes no calls
# Nothing was typed, and there are neither colleagues nor favourites.
transfer-nobody = Type a name or a number
# Nobody has that name or number.
transfer-none-found = Nobody found
# Foot of the panel while the server cannot be reached.
transfer-offline = Not possible while the server cannot be reached
# Main button when asking first. $person is a name or a number.
transfer-call = Call { $person }
# Main button when not asking. $person is a name or a number.
transfer-send = Transfer to { $person }
# Main button while a colleague is asked.
transfer-complete = Complete the transfer
# Button: hang up the colleague and talk to the caller again.
transfer-back = Back to the caller
# Below the name of whom the agent talks to.
transfer-talking = Talking with you
# Notice while it runs. $person is a name or a number.
transfer-running = Transferring to { $person }
# Below it: nothing was answered yet.
transfer-stage-asked = Asking the caller's phone
# Below it.
transfer-stage-accepted = The caller's phone has accepted
# Below it.
transfer-stage-trying = The caller's phone is calling
# Below it.
transfer-stage-ringing = It is ringing there
# Below it.
transfer-stage-answered = The call was taken
# Notice: it came to nothing. $person is a name or a number.
transfer-failed = The transfer to { $person } failed
# Why.
transfer-fault-notSupported = The caller's phone cannot be transferred. Try asking first and pass on the message.
# Why.
transfer-fault-refused = The caller's phone did not accept the transfer.
# Why.
transfer-fault-silent = The caller's phone did not say what became of it.
# Why.
transfer-fault-offline = The connection to the server was lost.
# Below the caller. $person is who sent the call here.
transferred-by = Transferred by { $person }
# In a row of the history. $person is whom the call was sent to.
history-transferred-to = to { $person }
# In a row of the history. $person is who sent the call here.
history-transferred-by = from { $person }
