## Messages in the own voice box

# Choice above the history: messages that callers have left.
filter-voicemail = Voicemail
# There are none.
voicemail-none = No messages
# Below it.
voicemail-none-note = When you cannot take a call, the caller may leave a message here.
# Count of a day.
voicemail-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
# For a screen reader, before a message that was not heard yet.
voicemail-new = New message
# Who left it, when no number was sent.
voicemail-nobody = Unknown caller
# Button, for a screen reader. $person is a name or a number.
voicemail-listen = Listen to the message from { $person }
# Button, for a screen reader. $person is a name or a number.
voicemail-close = Close the message from { $person }
# Button, for a screen reader. $person is a name or a number.
voicemail-mark-heard = Mark the message from { $person } as heard
# Button, for a screen reader. $person is a name or a number.
voicemail-mark-new = Mark the message from { $person } as new
# Button, for a screen reader. $person is a name or a number.
voicemail-delete = Delete the message from { $person }
# Question before it is deleted.
voicemail-delete-ask = Delete this message?
# Below it. $person is a name or a number.
voicemail-delete-note = The message from { $person } is gone for good. This cannot be undone.
# Button.
voicemail-delete-confirm = Delete
