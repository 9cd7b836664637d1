"""What is refused of mailboxes, their rules and mails, in words that say what the caller can do."""

from actors.store.errors import StoreError


class MailAccountNotFound(StoreError):
    """There is no such mail account among those that the caller sees. List them for the right one."""

    def __init__(self, account: int | str) -> None:
        super().__init__(f"there is no mail account {account}")
        self.account = account


class MailRuleNotFound(StoreError):
    """There is no such rule among those that the caller sees. List them for the right one."""

    def __init__(self, rule: int | str) -> None:
        super().__init__(f"there is no mail rule {rule}")
        self.rule = rule


class MailRuleGone(StoreError):
    """Nothing says any more what is wanted of a mail: the rule that meant it was removed. Another rule may mean it."""

    def __init__(self, mail: int) -> None:
        super().__init__(f"the rule that meant mail {mail} was removed, so nothing says what is wanted of it")
        self.mail = mail


class MailNotFound(StoreError):
    """Nothing is known of such a mail: its account was removed, or it never came. List them for the right one."""

    def __init__(self, mail: int | str) -> None:
        super().__init__(f"there is no mail {mail}")
        self.mail = mail
