"""The bytes of attachments stand in pieces beside their record, and go with it."""

import pytest
from sqlalchemy import Engine

from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Attachment, Case
from kimdesk.store import attachments
from kimdesk.store.work import reading, writing


def attach(engine: Engine, case: Case, data: bytes) -> Attachment:
    with writing(engine, "Kim Muster") as writer:
        saved = writer.put(Attachment(case_id=case.id, title="Pass", size=len(data)))
        attachments.write(writer, saved.id, data)
    return saved


@pytest.mark.parametrize("size", [0, 1, attachments.PIECE, attachments.PIECE + 1, 5 * attachments.PIECE])
def test_bytes_come_back_in_order(engine: Engine, case: Case, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    saved = attach(engine, case, data)
    with reading(engine) as reader:
        pieces = list(attachments.pieces(reader, saved.id))
        assert attachments.total(reader) == size
    assert b"".join(pieces) == data
    assert all(len(piece) <= attachments.PIECE for piece in pieces)


def test_record_and_bytes_come_together_or_not_at_all(engine: Engine, case: Case) -> None:
    with pytest.raises(RuntimeError), writing(engine, "Kim Muster") as writer:  # noqa: PT012
        saved = writer.put(Attachment(case_id=case.id, title="Pass"))
        attachments.write(writer, saved.id, b"x" * 10)
        raise RuntimeError
    with reading(engine) as reader:
        assert reader.of_case(Attachment, case.id) == []
        assert list(attachments.pieces(reader, saved.id)) == []


def test_no_bytes_without_a_record(engine: Engine) -> None:
    with pytest.raises(StoreError, match="E907"), writing(engine, "Kim Muster") as writer:
        attachments.write(writer, "01900000-0000-7000-8000-000000000000", b"x")


def test_bytes_go_with_their_record(engine: Engine, case: Case) -> None:
    saved, other = attach(engine, case, b"a" * 10), attach(engine, case, b"b" * 10)
    with writing(engine, "Kim Muster") as writer:
        writer.remove(saved, "duplicate")
    with reading(engine) as reader:
        assert list(attachments.pieces(reader, saved.id)) == []
        assert list(attachments.pieces(reader, other.id)) == [b"b" * 10]
