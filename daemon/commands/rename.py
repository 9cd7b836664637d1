"""`scribad rename`: files get the names that templates say, beside those that the archive knows them by."""

from actors.filing.filer import Filer
from actors.filing.naming import Plan
from actors.filing.renaming import Renaming
from daemon.commands.no_archive import opened, require_archive
from daemon.instance import only_instance
from daemon.settings.model import Settings


def rename(settings: Settings, *, dry_run: bool) -> str:
    """Give files their names, or with a dry run none; say what is done. Raises AlreadyRunning, NoArchiveHere, OSError."""
    require_archive(settings)
    with only_instance(settings.data_dir, patience_seconds=0), opened(settings) as store:
        renaming = Renaming(store, Filer(store, settings.filing()))
        plan = renaming.plan()
        if not dry_run:
            renaming.carry_out(plan)
    return in_words(plan, dry_run=dry_run)


def in_words(plan: Plan, *, dry_run: bool) -> str:
    """Say what a plan does, a line for each: + is new, = leads to another file from now on, - goes."""
    lines = [f"+ {path}" for path in plan.give if path not in plan.clear]
    lines += [f"= {path}" for path in plan.clear]
    lines += [f"- {path}" for path in plan.drop]
    problems = {wish.document_id: wish.place.problem for wish in plan.give.values() if wish.place.problem}
    lines += [f"document {document_id} has only its number: {problem}" for document_id, problem in problems.items()]
    if not plan.give and not plan.drop:
        return "Every file has its name already."
    names = f"{len(plan.give):,} {'name' if len(plan.give) == 1 else 'names'}"
    counted = f"{names} {'to give' if dry_run else 'given'}, {len(plan.drop):,} {'to drop' if dry_run else 'dropped'}, in named/"
    return "\n".join([*lines, f"{counted}; nothing is changed" if dry_run else counted])
