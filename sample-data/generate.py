#!/usr/bin/env python3
"""Writes the CSV files in this folder. Uses only the standard library; writes the same files every time."""

import base64
import csv
import json
import random
import uuid
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

FOLDER = Path(__file__).parent
INITIAL_ROWS = 3000
NEW_ROWS = 170
CORRECTIONS = 95
CANCELLATIONS = 35

# code, region, weight of sales, provinces
REGIONS = [
    ("HN", "Đồng bằng sông Hồng", 24, ["Hà Nội", "Hải Phòng", "Bắc Ninh", "Hải Dương", "Nam Định", "Thái Bình"]),
    ("TB", "Trung du và miền núi phía Bắc", 9, ["Thái Nguyên", "Lào Cai", "Điện Biên", "Phú Thọ", "Lạng Sơn"]),
    ("DNA", "Duyên hải miền Trung", 17, ["Đà Nẵng", "Thừa Thiên Huế", "Quảng Ngãi", "Khánh Hòa", "Nghệ An", "Bình Định"]),
    ("TN", "Tây Nguyên", 8, ["Đắk Lắk", "Lâm Đồng", "Gia Lai", "Kon Tum"]),
    ("HCM", "Đông Nam Bộ", 28, ["TP. Hồ Chí Minh", "Bà Rịa-Vũng Tàu", "Đồng Nai", "Bình Dương", "Tây Ninh"]),
    ("CT", "Đồng bằng sông Cửu Long", 14, ["Cần Thơ", "An Giang", "Sóc Trăng", "Bạc Liêu", "Cà Mau", "Đồng Tháp"]),
]

# business unit, brand, sub-brand, product, price class, price in đồng, months that sell best
PRODUCTS = [
    ("Beverages", "Mây Trắng", "Mây Trắng Trà", "Trà ô long Mây Trắng 455 ml", "Mainstream", 9500, (4, 5, 6, 7)),
    ("Beverages", "Mây Trắng", "Mây Trắng Trà", 'Trà sen "Tây Hồ" 455 ml, lốc 6', "Premium", 72000, (1, 2, 12)),
    ("Beverages", "Mây Trắng", "Mây Trắng Nước", "Nước khoáng Mây Trắng 500 ml", "Economy", 5200, (4, 5, 6, 7, 8)),
    ("Beverages", "Mây Trắng", "Mây Trắng Nước", "Nước khoáng Mây Trắng 19 l", "Economy", 48500, (5, 6, 7)),
    ("Beverages", "Cao Nguyên", "Cao Nguyên Phin", "Cà phê phin Cao Nguyên 500 g", "Mainstream", 89000, (1, 11, 12)),
    ("Beverages", "Cao Nguyên", "Cao Nguyên Hòa Tan", "Cà phê hòa tan 3 trong 1, hộp 20 gói", "Mainstream", 56500, (1, 2, 12)),
    ("Beverages", "Cao Nguyên", None, "Cà phê rang mộc Cầu Đất, \"single origin\"", "Super premium", 245000, (12, 1)),
    ("Dairy", "An Nhiên", "An Nhiên Tươi", "Sữa tươi tiệt trùng An Nhiên 1 l", "Mainstream", 34500, (8, 9, 10)),
    ("Dairy", "An Nhiên", "An Nhiên Tươi", "Sữa tươi ít đường An Nhiên 180 ml, lốc 4", "Mainstream", 31000, (8, 9, 10)),
    ("Dairy", "An Nhiên", "An Nhiên Chua", "Sữa chua An Nhiên nha đam 100 g", "Mainstream", 7800, (4, 5, 6)),
    ("Dairy", "An Nhiên", "An Nhiên Nhí", "Sữa bột An Nhiên Nhí 1+, 900 g", "Premium", 398000, (3, 9)),
    ("Dairy", "Đồng Xanh", "Đồng Xanh Hữu Cơ", "Sữa hữu cơ Đồng Xanh 1 l", "Super premium", 62000, (9, 10)),
    ("Dairy", "Đồng Xanh", None, "Phô mai lát Đồng Xanh 200 g", "Premium", 58500, (12,)),
    ("Snacks", "Lúa Vàng", "Lúa Vàng Gạo", "Bánh gạo Lúa Vàng vị phô mai 150 g", "Economy", 24500, (1, 2, 9)),
    ("Snacks", "Lúa Vàng", "Lúa Vàng Gạo", "Bánh gạo Lúa Vàng mặn 320 g", "Economy", 41000, (1, 2)),
    ("Snacks", "Lúa Vàng", "Lúa Vàng Quà Tết", "Hộp quà Tết Lúa Vàng \"Phúc Lộc\"", "Premium", 289000, (1, 12)),
    ("Snacks", "Biển Xanh", "Biển Xanh Rong", "Rong biển Biển Xanh vị cay 10 g", "Mainstream", 12500, (6, 7)),
    ("Snacks", "Biển Xanh", "Biển Xanh Hạt", "Hạt điều rang muối Bình Phước, 450 g", "Premium", 178000, (1, 12)),
    ("Household", "Sen Nhà", "Sen Nhà Rửa", "Nước rửa chén Sen Nhà chanh 750 ml", "Economy", 27500, (1, 2)),
    ("Household", "Sen Nhà", "Sen Nhà Giặt", "Nước giặt Sen Nhà 3,6 kg", "Mainstream", 152000, (1, 7)),
    ("Household", "Sen Nhà", "Sen Nhà Giặt", "Bột giặt Sen Nhà O'Clean 6 kg", "Economy", 186000, (1, 7)),
    ("Household", "Gió Mới", None, "Nước xả vải Gió Mới \"Nắng Sớm\", túi 1,8 l", "Premium", 118000, (6, 7, 8)),
]

SALES = ["id", "period", "year", "month", "business_unit", "region", "province", "product",
         "brand_level_1", "brand_level_2", "price_class", "quantity", "revenue"]

NOTE = ["Mặt bằng ở góc phố, hai mặt tiền.", "Kho lạnh phía sau, sức chứa 14 pallet.", "Giao hàng trước 6 giờ sáng.",
        "Khu dân cư đông, cuối tuần rất đông khách.", "Bãi xe dùng chung với chợ.", "Biển hiệu sửa lại sau bão số 4.",
        "Chủ nhà gia hạn hợp đồng, giá tăng 7%.", "Cần thêm một tủ mát cho sữa chua.", "Đường ngập khi mưa lớn, kê hàng cao 30 cm."]


def quantity_of(rng, price, best, month, weight):
    season = 1.9 if month in best else 0.9
    tet = 1.25 if month in (1, 12) else 1.0
    return max(1, int(rng.lognormvariate(0, 0.6) * 9_000_000 / price * season * tet * weight / 15))


def sale(rng, number, period):
    code, region, weight, provinces = rng.choices(REGIONS, [entry[2] for entry in REGIONS])[0]
    unit, brand, sub_brand, product, price_class, price, best = rng.choice(PRODUCTS)
    year, month = map(int, period.split("-"))
    quantity = quantity_of(rng, price, best, month, weight)
    if rng.random() < 0.015:
        quantity = -max(1, quantity // 20)  # returned goods
    discount = rng.choice([0, 0, 0, 0.03, 0.05, 0.125])
    revenue = None if rng.random() < 0.01 else f"{quantity * price * (1 - discount) / 1.1:.2f}"
    if rng.random() < 0.02:
        price_class = None
    return dict(zip(SALES, [number, period, year, month, unit, region, rng.choice(provinces), product,
                            brand, sub_brand, price_class, quantity, revenue]))


def initial_sales(rng):
    periods = [f"2023-{month:02d}" for month in range(1, 13)]
    picked = sorted(rng.choices(periods, [11, 7, 8, 8, 9, 9, 9, 8, 8, 8, 8, 11], k=INITIAL_ROWS))
    return [sale(rng, number, period) for number, period in enumerate(picked, start=1)]


def corrected(rng, previous):
    row = dict(previous)
    row["quantity"] = int(previous["quantity"] * rng.uniform(0.8, 1.3)) + 1
    price = float(previous["revenue"] or 0) / int(previous["quantity"])
    row["revenue"] = f"{row['quantity'] * price:.2f}"
    if rng.random() < 0.1:
        row["price_class"] = None
    return row


def incremental_sales(rng, initial):
    """A later export: new lines, corrected ones, and cancelled ones, whose quantity is 0."""
    new = [sale(rng, INITIAL_ROWS + n, "2024-01") for n in range(1, NEW_ROWS + 1)]
    known = initial[-700:] + new[: NEW_ROWS // 2]
    changes = [corrected(rng, row) for row in rng.sample(known, CORRECTIONS)]
    changes += [dict(row, quantity=0, revenue="0.00") for row in rng.sample(known, CANCELLATIONS)]
    rng.shuffle(changes)
    rows = list(new)
    for change in changes:
        place = {row["id"]: place for place, row in enumerate(rows)}.get(change["id"], -1)
        rows.insert(rng.randrange(place + 1, len(rows) + 1), change)  # a line is corrected after it is new
    return rows


def products(rng):
    for unit, brand, sub_brand, name, price_class, price, _ in PRODUCTS:
        attributes = {"brand": brand, "line": sub_brand, "unit": unit, "pack": {"items": rng.choice([1, 4, 6, 24]), "carton": True},
                      "allergens": rng.choice([[], ["sữa"], ["đậu phộng", "sữa"]])}
        tags = rng.sample(["bán chạy", "mới", "quà, Tết", 'nhãn "xanh"', "hữu cơ", "trẻ em"], rng.randrange(0, 4))
        yield {
            "product_id": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            "name": name,
            "list_price": f"{price * rng.uniform(1.0, 1.2):.4f}",
            "carbon_kg": rng.choice(["0.455", "1", "19.25", "0.000018", "12.000000001", "3.60", None]),
            "attributes": None if rng.random() < 0.1 else json.dumps(attributes, ensure_ascii=False),
            "tags": "{" + ",".join('"' + tag.replace('"', '\\"') + '"' for tag in tags) + "}",
            "active": rng.choice(["true", "true", "true", "false", None]),
            "thumbnail": "\\x" + rng.randbytes(rng.choice([0, 16, 48])).hex(),
            "launched": rng.choice([None, str(date(2009, 1, 1) + timedelta(days=rng.randrange(5200)))]),
        }


def note(rng, length):
    text = ""
    while len(text) < length:
        text += rng.choice(NOTE) + " " + base64.b64encode(rng.randbytes(24)).decode() + "\n"
    return text


def stores(rng):
    for code, region, _, provinces in REGIONS:
        for number, province in enumerate(provinces, start=1):
            opened = datetime(2005, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=rng.randrange(480_000_000), microseconds=rng.randrange(1_000_000))
            yield {
                "region_code": code,
                "store_no": number,
                "name": f"{province} {rng.choice(['Trung tâm', 'Chợ Mới', 'Bờ Sông', 'Ga', 'số 2'])}",
                "format": rng.choice(["supermarket", "mini", "kiosk", "warehouse club"]),
                "opened_at": opened.isoformat(),
                "refitted_at": rng.choice([None, f"2022-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d} 08:30:00.25"]),
                "latitude": repr(rng.uniform(8.6, 23.3)),
                "longitude": repr(round(rng.uniform(102.2, 109.4), 4)) if rng.random() < 0.95 else None,
                "visits": "{" + ",".join(rng.choice(["NULL", str(rng.randrange(40, 900))]) if rng.random() < 0.1 else str(rng.randrange(40, 900)) for _ in range(7)) + "}",
                "opens": rng.choice(["06:00:00", "07:30:00", "00:00:00", "05:59:59.5"]),
                "lease": rng.choice(["3 years", "1 year 6 mons", "10 years", "90 days", None]),
                "gateway": rng.choice([f"10.{rng.randrange(256)}.{rng.randrange(256)}.1", f"10.{rng.randrange(256)}.0.0/16", "2001:db8::7", None]),
                "note": note(rng, 9_000) if number == 1 else (rng.choice(NOTE) if number % 3 else None),
            }


def promotions():
    return [
        {"code": "TET-2024", "discount": "12.50", "starts_on": "2024-01-15", "ends_on": "2024-02-20", "title": "Tết sum vầy"},
        {"code": "FRESH", "discount": "5.00", "starts_on": "2023-11-01", "ends_on": None, "title": "Sữa tươi mỗi ngày"},
        {"code": "BULK-24", "discount": "7.25", "starts_on": "2023-06-01", "ends_on": "2024-06-30", "title": "Mua 24, \"tặng\" 2"},
        {"code": "CLEAR", "discount": "40.00", "starts_on": "2023-12-20", "ends_on": "2023-12-31", "title": None},
    ]


def write(name, rows):
    rows = list(rows)
    with open(FOLDER / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main():
    rng = random.Random(20240115)
    initial = initial_sales(rng)
    write("sales-initial.csv", initial)
    write("sales-incremental.csv", incremental_sales(rng, initial))
    write("product.csv", products(rng))
    write("store.csv", stores(rng))
    write("promotion.csv", promotions())


if __name__ == "__main__":
    main()
