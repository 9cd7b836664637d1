"""The part of Jinja that templates may use, and how each template is bound to count what it does."""

import difflib
from collections.abc import Collection
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from actors.templates.errors import TemplateError

LONGEST_TEMPLATE = 4_000
_LETTERS_OF_A_STEP = 64
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.With, nodes.Assign, nodes.AssignBlock),
    *(nodes.Name, nodes.NSRef, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword),
    *(nodes.Filter, nodes.Test, nodes.Call, nodes.Getattr, nodes.Getitem, nodes.Slice),
    *(nodes.Concat, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos),
)


def check(tree: nodes.Template, known: Collection[str]) -> None:
    """Raise TemplateError for what no template may use, and for variables that there are not."""
    found = _all(tree)
    for node in found:
        if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
            raise TemplateError(f"{type(node).__name__.lower()} can't be used in a template", node.lineno)
        for name in _names(node):
            if name.startswith("_"):
                raise TemplateError(f"names that begin with _ can't be used: {name}", node.lineno)
    # A name that is set somewhere else only is found out when the template is rendered.
    made = {node.name for node in found if isinstance(node, nodes.Name) and node.ctx != "load"}
    made |= {"loop" for node in found if isinstance(node, nodes.For)}
    for node in tree.find_all(nodes.Name):
        if node.name not in made and node.name not in known:
            near = difflib.get_close_matches(node.name, known, 1)
            raise TemplateError(f"there is no variable {node.name}" + (f"; is {near[0]} meant?" if near else ""), node.lineno)


def bind(tree: nodes.Template) -> nodes.Template:
    """Put the counting filters in: where a loop turns, where values are compared, cut or joined, and where a list takes them."""
    bound: nodes.Template = _Binder().visit(tree)
    return bound


class _Binder(NodeTransformer):
    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Bind a node and all that is in it."""
        self.generic_visit(node, *args, **kwargs)
        match node:
            case nodes.For(iter=nodes.Expr() as values):
                cost = 1 + sum(map(_cost, _all(node)))
                node.iter = _filtered(values, "_each", nodes.Const(cost))
            case nodes.Compare():
                node.expr = _filtered(node.expr, "_look")
                for operand in node.ops:
                    operand.expr = _filtered(operand.expr, "_look")
            case nodes.Getitem(node=nodes.Expr() as values):
                node.node = _filtered(values, "_look")
            case nodes.CondExpr(expr2=None):
                node.expr2 = nodes.Const("")
            case nodes.Concat():
                return _filtered(node.nodes[0], "_joined", *node.nodes[1:])
            case nodes.List() | nodes.Tuple(ctx="load"):
                node.items = [_scalar(item) for item in node.items]
            case nodes.Pair():
                node.key, node.value = _scalar(node.key), _scalar(node.value)
        return node


def _scalar(node: nodes.Expr) -> nodes.Expr:
    # Lists that are written out inside one another hold no more than was written.
    return node if isinstance(node, nodes.Literal) else _filtered(node, "_scalar")


def _filtered(node: nodes.Expr, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


def _all(node: nodes.Node) -> list[nodes.Node]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += one.iter_child_nodes()
    return found


def _cost(node: nodes.Node) -> int:
    return 1 + len(node.data) // _LETTERS_OF_A_STEP if isinstance(node, nodes.TemplateData) else 1


def _names(node: nodes.Node) -> list[str]:
    match node:
        case nodes.Name() | nodes.Filter() | nodes.Test():
            return [node.name]
        case nodes.NSRef():
            return [node.name, node.attr]
        case nodes.Getattr():
            return [node.attr]
        case nodes.Keyword():
            return [node.key]
        case _:
            return []
