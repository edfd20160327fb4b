## Outside of the window: tray, titles

# Title of the window of a program that was started with a profile of its own. $profile is its name.
window-title = { product } · { $profile }
# Tray menu: shows the window.
tray-open = Open Rannan
# Tray menu: ends the program.
tray-quit = Quit Rannan
# Beside the pointer on the tray icon. $presence is a status like Available.
tray-tooltip = Rannan – { $presence }
# Tray menu: how many calls were missed and not looked at; opens the window.
tray-missed =
    { $count ->
        [one] { NUMBER($count) } missed call
       *[other] { NUMBER($count) } missed calls
    }
# Tray menu, while it rings. $person is a name or number.
tray-answer = Answer { $person }
# Tray menu, while it rings. $person is a name or number.
tray-decline = Decline { $person }
# Tray menu: a status in the agent’s own words. $status is what was written.
tray-own-words = { $status }
# Tray menu: a status that the server has not confirmed yet. $status is its name.
tray-status-asked = { $status } (waiting for the server)
