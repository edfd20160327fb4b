## Extensions: which phones are registered, for administrators

# Page of the settings, and its title.
extensions-page = Extensions
# Below its title.
extensions-note = Phones that are registered now, of those whom you administer.
# While they are read, for a screen reader.
extensions-loading = Reading the extensions
# They could not be read: title. A sentence about the reason stands below.
extensions-failed = The extensions could not be read
# Title when there are none.
extensions-none = No phone is registered
# Column.
extensions-column-extension = Extension
# Column: whose phone it is.
extensions-column-person = Person
# Column: what kind of phone, as it calls itself.
extensions-column-device = Device
# Column: how it is connected, WSS, TLS, UDP and such.
extensions-column-transport = Transport
# Column: address in the network.
extensions-column-address = Address
# Column.
extensions-column-since = Registered since
# In the column Device: the phone does not say.
extensions-no-device = Does not say
# Button: reads them again.
extensions-again = Read again
# Button of a row: the phone is gone until it registers again.
extensions-unregister = Unregister
# The same for a screen reader. $person is a name, $extension an extension.
extensions-unregister-of = Unregister { $extension }, { $person }
# Question. $extension is an extension.
extensions-unregister-title = Unregister { $extension }?
# Below that question. $person is a name.
extensions-unregister-body = Nothing rings at this phone of { $person } until it registers again, which it may do by itself.
# How many there are.
extensions-count =
    { $count ->
        [one] { NUMBER($count) } registered phone
       *[other] { NUMBER($count) } registered phones
    }
