"""What a browser's session is called in the list of sessions, as far as the browser tells."""

# In this order: most browsers also claim to be those that come after them here.
_PROGRAMS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "CriOS/": "Chrome", "Chrome/": "Chrome"}
_PROGRAMS |= {"Safari/": "Safari"}
_SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "macOS", "CrOS": "ChromeOS"}
_SYSTEMS |= {"Linux": "Linux"}


def session_name(user_agent: str) -> str:
    """Name a session by its browser and its system."""
    program = next((name for mark, name in _PROGRAMS.items() if mark in user_agent), "Browser")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return f"{program} on {system}" if system else program
