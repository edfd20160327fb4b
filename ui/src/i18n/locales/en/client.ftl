# Client Console: a row of the menu behind the profile picture, and the title of what it opens (ST-08).
section-client = Client Console
# Above the card: this person is on the line now.
client-on-the-line = On the line now
# Above the card when nobody is on the line. $when: a day.
client-last-call = Last call, { $when }
# Button: to the call itself.
client-to-call = Show the call
# Whoever calls is not in the address book.
client-stranger = Not in your contacts
# Nobody has called yet.
client-empty = Nobody on the line
# Below it.
client-empty-note = Whoever you talk to next is shown here: their contact card, earlier calls and your notes.
# Heading: calls with one person.
latest-calls = Latest calls
# Below the heading, when there are none.
latest-calls-none = No calls yet
# Button below the list.
latest-calls-more = Show more
