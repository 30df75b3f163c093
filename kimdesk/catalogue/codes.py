"""The shipped code lists, for callers that know no desk yet."""

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.codes import Code, CodeList, parse

__all__ = ["Code", "CodeList", "code_list", "label", "parse"]

code_list = SHIPPED.code_list
label = SHIPPED.label
